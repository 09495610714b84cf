package io.headworks.core.spec.format;

import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import java.time.Instant;

/** Cron expressions of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). */
final class Cron {
    private static final String ALLOWED = "five fields: minute hour day month weekday, as \"15 * * * *\"";

    static final ScalarKind<String> EXPRESSION =
            ScalarKind.of("cron expression", ALLOWED, Form.TEXT, text -> isValid(text) ? text : null);

    /** Times, at least one of which will come. */
    static final ScalarKind<CronExpression> TIMES = ScalarKind.<CronExpression>of(
                    "cron expression", ALLOWED + ", in UTC", Form.TEXT, CronExpression::parse)
            .hearing((cron, node, in) -> {
                boolean comes = cron.next(Instant.EPOCH) != null;
                if (!comes) {
                    in.refuse(node, "bad-value", "'" + cron + "' is on no day of any year", null);
                }
                return comes;
            });

    private Cron() {}

    static boolean isValid(String text) {
        return CronExpression.parse(text) != null;
    }
}
