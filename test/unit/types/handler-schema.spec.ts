import { IsInt, IsString } from 'class-validator';
import { handlerSchema } from '../../../src/types/handler-schema';

/** As two files of handlers may each have it. */
const payloadOfInvoices = () => {
  class Payload {
    @IsInt() total: number;
  }
  return Payload;
};
const payloadOfGreetings = () => {
  class Payload {
    @IsString() name: string;
  }
  return Payload;
};

it('distinguishes payload classes of the same name', () => {
  const classes = [payloadOfInvoices(), payloadOfGreetings()];
  const schemas = classes.map((each) => JSON.parse(handlerSchema(each).text) as object);
  expect(schemas).toEqual([
    {
      type: 'object',
      properties: { total: { type: 'integer' } },
      required: ['total'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
      additionalProperties: false,
    },
  ]);
});
