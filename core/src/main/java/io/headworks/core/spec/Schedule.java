package io.headworks.core.spec;

import java.time.ZoneId;

/** When a pipeline or check file runs by itself; recorded here, obeyed by a scheduler. */
public sealed interface Schedule {
    /** Only when somebody asks. */
    record Manual() implements Schedule {}

    /** A cron expression of five fields, in a time zone. */
    record Cron(String expression, ZoneId timezone, CatchUp catchUp) implements Schedule {
        public enum CatchUp {
            LATEST,
            ALL,
            NONE
        }
    }

    /** When all the datasets it reads have new data. */
    record AfterInputs() implements Schedule {}

    /** When files arrive. */
    record OnFiles() implements Schedule {}

    /** When its address is called. */
    record OnWebhook() implements Schedule {}
}
