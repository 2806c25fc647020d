import { IsString, Length } from 'class-validator';

export class Greet {
  /** Who is greeted. */
  @IsString()
  @Length(1, 100)
  name: string;
}
