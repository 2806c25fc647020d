import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AccountDataParts } from './account-data';
import { AccountCheck } from './account-check';
import { Erasure, ErasureSchema } from './erasure.schema';
import { ErasureRecords } from './erasure-records.service';
import { Customer, CustomerSchema } from './customer.schema';
import { CustomersService } from './customers.service';
import { OperatorAction, OperatorActionSchema } from './operator-action.schema';
import { OperatorActions } from './operator-actions.service';
import { UserSearch } from './user-search';
import { User, UserSchema } from './user.schema';
import { UsersService } from './users.service';

const services = [
  AccountCheck,
  AccountDataParts,
  CustomersService,
  ErasureRecords,
  OperatorActions,
  UserSearch,
  UsersService,
];

/** The accounts and their customers. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: User.name, schema: UserSchema },
      { name: Customer.name, schema: CustomerSchema },
      { name: Erasure.name, schema: ErasureSchema },
      { name: OperatorAction.name, schema: OperatorActionSchema },
    ]),
  ],
  providers: services,
  exports: services,
})
export class UsersModule {}
