import { EventEmitter } from 'node:events';
import { Injectable, Logger } from '@nestjs/common';
import type { EventMap, EventName } from './event-map';

/** The typed events of this process. A listener's error is logged and harms neither the emitter nor the others. */
@Injectable()
export class EventBus {
  private readonly log = new Logger(EventBus.name);
  private readonly emitter = new EventEmitter().setMaxListeners(100);

  emit<N extends EventName>(name: N, event: EventMap[N]): void {
    this.emitter.emit(name, event);
  }

  /** @returns a function that ends the subscription */
  on<N extends EventName>(name: N, listener: (event: EventMap[N]) => void): () => void {
    const guarded = (event: EventMap[N]) => {
      try {
        listener(event);
      } catch (error) {
        this.log.error(`a listener of ${name} failed`, error instanceof Error ? error.stack : String(error));
      }
    };
    this.emitter.on(name, guarded);
    return () => void this.emitter.off(name, guarded);
  }
}
