import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Model } from 'mongoose';
import { EventLog } from '../common/log/event-log';
import { Coalescer } from '../common/flow/coalescer';
import { Clock } from '../common/time/clock';
import { FieldError, invalidFields, Problem } from '../common/errors/problem';
import { JsonText } from '../common/json/json-text';
import { SECOND_MS } from '../common/time/units';
import { OverBudget, withinBudget } from '../common/flow/within-budget';
import { readOptions } from '../stores/mongo/coalesced-find';
import { collectionOf } from '../stores/mongo/collection-of';
import { ExternalType } from './external-type.schema';
import { COMPILE_MS, compilePayloadSchema, PayloadCheck, UnusableSchema } from './payload-schema';
import { REQUEST_DEFAULTS, type RequestType } from './request-type';

/** Every process follows a declaration within this time. */
const FRESH_MS = 5 * SECOND_MS;

/** The declaration of a type. */
export type Declaration = Omit<ExternalType, 'declaredAt'>;

/** The workers of an external type have their own lane. Its name has a dot, which lanes of handlers may not have. */
export const EXTERNAL_LANE = 'x.';

const externalLane = (type: string): string => EXTERNAL_LANE + type;

/**
 * The types that external workers serve. They are few, so each process keeps all of them and reads them again on
 * demand.
 */
@Injectable()
export class ExternalTypes {
  private readonly log = new EventLog(ExternalTypes.name);
  private readonly collection: Collection<ExternalType>;
  private known = new Map<string, { readonly declared: ExternalType; readonly type: RequestType }>();
  private readAt = -Infinity;
  /** No call joins a read that has begun, so a call finds everything declared before it. */
  private readonly reads = new Coalescer<void, void>({
    maxBatch: Infinity,
    maxInFlight: 1,
    run: async (asking) => {
      await this.readAll();
      return asking.map(() => undefined);
    },
  });

  constructor(
    @InjectModel(ExternalType.name) model: Model<ExternalType>,
    private readonly clock: Clock,
  ) {
    this.collection = collectionOf(model);
  }

  /** An unknown type may just have been declared in another process, so this reads the store. */
  async find(type: string): Promise<RequestType | undefined> {
    const isFresh = this.clock.monotonic() < this.readAt + FRESH_MS;
    if (isFresh && this.known.has(type)) return this.known.get(type)?.type;
    await this.reads.push().catch((error: unknown) => {
      if (!this.known.has(type)) throw error; // the types known before still serve
    });
    return this.known.get(type)?.type;
  }

  /** All of them. */
  async all(): Promise<RequestType[]> {
    await this.reads.push();
    return [...this.known.values()].map(({ type }) => type);
  }

  /**
   * Declares a type, or replaces its declaration: it checks requests accepted from now on.
   * @throws UnusableSchema, Problem validation_failed if its own example is refused
   */
  async declare(declaration: Declaration): Promise<RequestType> {
    const declared = { ...declaration, declaredAt: new Date(this.clock.wall()) };
    const type = compiled(declared); // before it is stored: an unusable schema must not be
    const wrong = declared.example === undefined ? [] : type.validate(JSON.parse(declared.example));
    if (wrong.length > 0) throw refusedExample(wrong);
    await this.collection.replaceOne({ _id: declared._id }, declared, { upsert: true });
    await this.reads.push().catch(() => undefined); // if this fails, this process follows it as the others do
    return type;
  }

  private async readAll(): Promise<void> {
    const at = this.clock.monotonic();
    const all = await this.collection.find({}, readOptions()).sort({ _id: 1 }).toArray();
    const before = this.known;
    this.known = new Map(
      all.flatMap((declared) => {
        const known = before.get(declared._id);
        if (known?.declared.declaredAt.getTime() === declared.declaredAt.getTime())
          return [[declared._id, known]];
        const type = this.compiledIfUsable(declared);
        return type === undefined ? [] : [[declared._id, { declared, type }]];
      }),
    );
    this.readAt = at;
  }

  /** A schema that a newer validator rejects must not keep the other types from being served. */
  private compiledIfUsable(declared: ExternalType): RequestType | undefined {
    try {
      return compiled(declared);
    } catch (error) {
      this.log.write('type.invalid', { type: declared._id, cause: error });
      return undefined;
    }
  }
}

/** @param found errors like those of a payload, with its pointers */
function refusedExample(found: readonly FieldError[]): Problem {
  const inExample = (text: string) => text.replace(/^\/payload/, '/example');
  return invalidFields(
    found.map(({ pointer, code, detail }) => ({
      pointer: inExample(pointer),
      code,
      detail: inExample(detail),
    })),
  );
}

/** @throws UnusableSchema */
function compiled(declared: ExternalType): RequestType {
  try {
    return withinBudget(COMPILE_MS, () => typeOf(declared));
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    throw new UnusableSchema('it is too large: it takes more than a second to compile');
  }
}

function typeOf({ _id, payloadSchema, example, description, timeoutMs }: ExternalType): RequestType {
  const validate: PayloadCheck =
    payloadSchema === undefined ? () => [] : compilePayloadSchema(JSON.parse(payloadSchema));
  return {
    type: _id,
    external: true,
    lane: externalLane(_id),
    description,
    example: example === undefined ? undefined : new JsonText(example),
    timeoutMs: timeoutMs ?? REQUEST_DEFAULTS.timeoutMs,
    payloadSchema: payloadSchema === undefined ? undefined : new JsonText(payloadSchema),
    validate,
  };
}
