package io.headworks.core.spec.format;

import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.yaml.Node;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Cron expressions of five fields: minute, hour, day of month, month, day of week (0 or 7 is Sunday). */
final class Cron {
    private static final String ALLOWED = "five fields: minute hour day month weekday, as \"15 * * * *\"";

    /** Times, at least one of which will come. */
    static final ScalarKind<String> EXPRESSION = ScalarKind.<String>of(
                    "cron expression", ALLOWED, Form.TEXT, text -> isValid(text) ? text : null)
            .hearing((text, node, in) -> comes(CronExpression.parse(text), node, in));

    /** The same in UTC. */
    static final ScalarKind<CronExpression> TIMES = ScalarKind.<CronExpression>of(
                    "cron expression", ALLOWED + ", in UTC", Form.TEXT, CronExpression::parse)
            .hearing(Cron::comes);

    private Cron() {}

    static boolean isValid(String text) {
        return CronExpression.parse(text) != null;
    }

    /** False, and a problem, when it names no time of any year. */
    static boolean comes(@Nullable CronExpression cron, Node node, Reading in) {
        boolean comes = cron != null && cron.next(Instant.EPOCH) != null;
        if (!comes) {
            in.refuse(node, "bad-value", "'" + cron + "' is on no day of any year", null);
        }
        return comes;
    }
}
