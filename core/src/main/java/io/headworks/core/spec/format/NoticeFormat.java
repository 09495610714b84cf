package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.core.spec.ContractNotice;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notice of a breaking change, as {@code hw contract notice} writes it. */
public final class NoticeFormat {
    private static final ScalarKind<LocalDate> DATE =
            ScalarKind.of("date", "a day, as 2026-03-01", Form.TEXT, NoticeFormat::date);
    private static final Key<String> CONTRACT =
            Key.of("contract", Scalars.NAMED, "The contract.").mandatory().like("orders");
    private static final Key<String> VERSION =
            Key.of("version", TEXT, "The version that breaks.").mandatory().like("3.0.0");
    private static final Key<LocalDate> OPENED =
            Key.of("opened", DATE, "When it was opened.").mandatory().like("2026-03-01");
    private static final Key<LocalDate> EFFECTIVE = Key.of(
                    "effective",
                    DATE,
                    "The first day, in UTC, on which runs take the change: thirty days later or more.")
            .mandatory()
            .like("2026-03-31");
    private static final Key<List<String>> CHANGES = Key.of(
                    "changes",
                    ListKind.some(TEXT),
                    "What breaks, as hw contract diff says it; nothing else is covered.")
            .mandatory()
            .like("[\"column status is gone\"]");

    public static final ObjectKind<ContractNotice> KIND = ObjectKind.of(
            "contract_notice",
            "The notice of a breaking change, as hw contract notice writes it.",
            List.of(CONTRACT, VERSION, OPENED, EFFECTIVE, CHANGES),
            NoticeFormat::notice);

    private NoticeFormat() {}

    private static @Nullable ContractNotice notice(Values values) {
        LocalDate earliest = values.get(OPENED).plusDays(ContractNotice.DAYS);
        if (values.get(EFFECTIVE).isBefore(earliest)) {
            values.refuse(
                    EFFECTIVE,
                    "invalid-value",
                    values.get(EFFECTIVE) + " is less than " + ContractNotice.DAYS + " days after " + values.get(OPENED)
                            + " (allowed: " + earliest + " or later)",
                    null);
            return null;
        }
        return new ContractNotice(
                values.node().place(),
                values.get(CONTRACT),
                values.get(VERSION),
                values.get(OPENED),
                values.get(EFFECTIVE),
                values.get(CHANGES));
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException malformed) {
            return null;
        }
    }
}
