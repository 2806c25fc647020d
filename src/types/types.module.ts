import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { HandlersModule } from '../handlers/handlers.module';
import { AdminTypesController } from './admin-types.controller';
import { ExternalType, ExternalTypeSchema } from './external-type.schema';
import { ExternalTypes } from './external-types.service';
import { TypeCatalog } from './type-catalog.service';
import { TypesController } from './types.controller';

/** The request types: those that handlers serve, and those that external workers serve. */
@Module({
  imports: [
    HandlersModule,
    MongooseModule.forFeature([{ name: ExternalType.name, schema: ExternalTypeSchema }]),
  ],
  controllers: [TypesController, AdminTypesController],
  providers: [ExternalTypes, TypeCatalog],
  exports: [TypeCatalog],
})
export class TypesModule {}
