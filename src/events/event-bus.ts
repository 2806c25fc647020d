import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import type { EventMap, EventName } from './event-map';

/** The typed events of this process. A listener's error is logged and harms neither the emitter nor the others. */
@Injectable()
export class EventBus {
  private readonly log = new EventLog(EventBus.name);
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
        this.log.write('listener.failed', { name, cause: error });
      }
    };
    this.emitter.on(name, guarded);
    return () => void this.emitter.off(name, guarded);
  }
}
