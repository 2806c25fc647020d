import { Body, Controller, Get, Param, Post, Query, UnauthorizedException, UseGuards } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, ValidateNested } from 'class-validator';
import { UnreadBodyGuard } from '../../../src/auth/guards/unread-body.guard';
import { ExactBody, type BodySource } from '../../../src/common/json/body-source.decorator';
import { Problem } from '../../../src/common/errors/problem';

class Item {
  @IsString() name: string;
}

export class ThingDto {
  @IsString() name: string;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Item) items?: Item[];
  @IsOptional() payload?: unknown;
}

export class PageDto {
  @IsOptional() @Type(() => Number) @IsInt() @Max(200) limit?: number;
  @IsOptional() @IsBoolean() all?: boolean;
}

/** Routes that do on purpose everything that a route can do. */
@Controller()
export class ProbeController {
  @Post('things')
  create(@Body() dto: ThingDto, @ExactBody() body: BodySource) {
    return { name: dto.name, text: body.sourceOf('/payload') };
  }

  @Get('things')
  list(@Query() page: PageDto) {
    return page;
  }

  @Get('things/:id')
  one(@Param('id') id: string) {
    return { id };
  }

  @Post('bodyless')
  @UseGuards(UnreadBodyGuard)
  bodyless() {
    return { done: true };
  }

  @Get('fails/bug')
  bug() {
    throw new Error('the password is hunter2');
  }

  @Get('fails/store')
  storeAway() {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:27017'), {
      name: 'MongoServerSelectionError',
    });
  }

  @Get('fails/nest')
  nest() {
    throw new UnauthorizedException();
  }

  @Get('fails/full')
  full() {
    throw new Problem('queue_full', 'Full.', { retryAfterSeconds: 2.1 });
  }
}
