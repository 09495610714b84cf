package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.ToUtc;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code to_utc}: local times of a zone as instants. The engine would move a time that the clocks skipped, and pick one of
 * two where they were set back; here both are rejected.
 *
 * <p>A local time has at most two readings near it: by the offset of the day before and by that of the day after. Where
 * the two agree there is no change of the clocks nearby; else a reading counts when it gives the local time back.
 */
final class ToUtcStep {
    private static final long DAY = 86_400_000_000L;

    private ToUtcStep() {}

    static Step of(ToUtc toUtc, Shape input, String name) {
        ColumnSteps.refuseEmpty("to_utc", toUtc.zones());
        String readings = name + "_readings";
        List<String> helpers = new ArrayList<>();
        StringBuilder both = new StringBuilder("SELECT i.*");
        Projection projection = new Projection(input).from(readings, helpers);
        toUtc.zones().forEach((column, zone) -> {
            Field field = local(input, column);
            String text = zone(column, zone);
            String local = "i." + DuckSql.name(column);
            String early = "_hw_early_" + helpers.size();
            String late = "_hw_late_" + helpers.size();
            helpers.add(early);
            helpers.add(late);
            both.append(reading(text, local, " - ", " + ", early)).append(reading(text, local, " + ", " - ", late));
            add(projection, field, text, zone, "i." + early, "i." + late);
        });
        both.append("\nFROM ").append(DuckSql.name(input.from())).append(" AS i");
        return projection.step().after(List.of(OperationCompiler.cte(readings, both.toString())));
    }

    private static void add(
            Projection projection, Field field, String zone, String zoneName, String early, String late) {
        String local = "i." + DuckSql.name(field.name());
        String earlyHolds =
                "epoch_us(timezone(" + zone + ", make_timestamptz(" + early + "))) = epoch_us(" + local + ")";
        String lateHolds = "epoch_us(timezone(" + zone + ", make_timestamptz(" + late + "))) = epoch_us(" + local + ")";
        String instant = "make_timestamptz(CASE WHEN " + early + " = " + late + " THEN " + early + "\n    WHEN "
                + earlyHolds + " THEN CASE WHEN " + lateHolds + " THEN NULL ELSE " + early + " END\n    WHEN "
                + lateHolds + " THEN " + late + " END)";
        int digits = ((DataType.Timestamp) field.type()).digits();
        projection.set(field.name(), instant, new DataType.Timestamp(digits, true), true);
        String why = "CASE WHEN " + early + " IS NULL THEN ' is out of range'\n      WHEN " + earlyHolds
                + " THEN ' happened twice there'\n      ELSE ' did not happen there' END";
        String sentence = DuckSql.text("Cannot turn " + field.name() + " from " + zoneName + " to UTC: ") + ", "
                + Reason.shown(local) + ", " + why;
        projection.reject(new Projection.Rejection(
                local + " IS NOT NULL AND " + instant + " IS NULL",
                Reason.of("local-time", Reason.rule("to_utc", field.name()), sentence)));
    }

    private static String reading(String zone, String local, String there, String back, String name) {
        return ",\n  CASE WHEN isfinite(" + local + ") THEN TRY(epoch_us(timezone(" + zone + ", " + local + there
                + "INTERVAL 24 HOURS))" + back + DAY + ") END AS " + name;
    }

    private static Field local(Shape input, String column) {
        Field field = input.column("to_utc", column);
        if (TypeFamily.of(field.type()) == TypeFamily.INSTANT) {
            throw Refusal.of("Cannot to_utc " + column + ": it is " + field.type() + ", an instant already");
        } else if (!(field.type() instanceof DataType.Timestamp timestamp) || timestamp.digits() > 6) {
            throw Refusal.of(
                    "Cannot to_utc " + column + ": it is " + field.type() + ", not a timestamp of up to 6 digits",
                    "cast it before: cast: {" + column + ": timestamp}");
        }
        return field;
    }

    private static String zone(String column, String zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw Refusal.of(
                    "Cannot to_utc " + column + ": there is no zone " + zone,
                    Nearest.hint(
                            zone, ZoneId.getAvailableZoneIds().stream().sorted().toList()));
        }
        return DuckSql.text(zone);
    }
}
