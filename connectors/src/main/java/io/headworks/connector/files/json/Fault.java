package io.headworks.connector.files.json;

/**
 * Why a record cannot be taken.
 *
 * @param code for the dead letter: {@code malformed}, {@code encoding}, {@code too-long}
 * @param reason a sentence without a full stop
 */
public record Fault(String code, String reason) {
    static Fault malformed(String reason) {
        return new Fault("malformed", reason);
    }
}
