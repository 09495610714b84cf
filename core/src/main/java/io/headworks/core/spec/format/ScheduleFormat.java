package io.headworks.core.spec.format;

import io.headworks.core.spec.CronExpression;
import io.headworks.core.spec.Schedule;
import io.headworks.core.spec.Schedule.Cron.CatchUp;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When something runs by itself. */
final class ScheduleFormat {
    private static final Key<String> CRON =
            Key.of("cron", Cron.EXPRESSION, "When.").mandatory().like("\"15 * * * *\"");
    private static final Key<ZoneId> TIMEZONE = Key.of("timezone", Scalars.ZONE, "Whose clock.")
            .byDefault(ZoneOffset.UTC, "UTC")
            .like("Europe/Rome");
    private static final Key<CatchUp> CATCH_UP = Key.of(
                    "catch_up", ChoiceKind.of(List.of(CatchUp.values())), "Which of the missed times are made up for.")
            .byDefault(CatchUp.LATEST, "latest");

    private static final ScalarKind<Schedule> WORD = ScalarKind.<Schedule>of(
                    "schedule",
                    "a cron expression as \"15 * * * *\", manual, after-inputs, on-files, on-webhook",
                    Form.TEXT,
                    ScheduleFormat::word)
            .hearing((schedule, node, in) -> !(schedule instanceof Schedule.Cron cron)
                    || Cron.comes(CronExpression.parse(cron.expression()), node, in));

    static final Kind<Schedule> SCHEDULE = EitherKind.of(
            WORD,
            ObjectKind.of(
                    "schedule",
                    "A cron schedule in full.",
                    List.of(CRON, TIMEZONE, CATCH_UP),
                    values -> new Schedule.Cron(values.get(CRON), values.get(TIMEZONE), values.get(CATCH_UP))));

    private ScheduleFormat() {}

    static Key<Schedule> key() {
        return Key.of("schedule", SCHEDULE, "When it runs by itself; hw schedule run obeys it.")
                .byDefault(new Schedule.Manual(), "manual")
                .like("\"15 * * * *\"");
    }

    private static @Nullable Schedule word(String text) {
        return switch (text) {
            case "manual" -> new Schedule.Manual();
            case "after-inputs" -> new Schedule.AfterInputs();
            case "on-files" -> new Schedule.OnFiles();
            case "on-webhook" -> new Schedule.OnWebhook();
            default -> Cron.isValid(text) ? new Schedule.Cron(text, ZoneOffset.UTC, CatchUp.LATEST) : null;
        };
    }
}
