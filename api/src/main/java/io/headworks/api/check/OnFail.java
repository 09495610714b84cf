package io.headworks.api.check;

/** What a failing check does. */
public enum OnFail {
    /** Above the threshold nothing is published. */
    STOP,
    /** Failing rows go to the dead letter (row checks before the load only). */
    REJECT,
    /** It is written down and never stops. */
    RECORD
}
