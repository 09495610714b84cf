package io.headworks.core.profile;

import io.headworks.api.profile.ColumnProfile;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the values of a column stand for.
 *
 * @param share of the sample's values that have the form
 */
public record Conclusion(Meaning meaning, double share) {
    /** From this share on a form is no chance. */
    private static final double ENOUGH = 0.9;

    private static final long FEWEST_VALUES = 3;

    private static final Pattern PERSONAL_NAME = Pattern.compile(
            "(^|.*_)(first_?name|last_?name|full_?name|surname|given_?name|family_?name|birth_?(day|date)?|"
                    + "date_of_birth|dob|ssn|tax_id|fiscal_code|passport|address|street|e?mail|phone|mobile|iban|"
                    + "card_number|ip_address|ip)($|_.*)");

    public static Optional<Conclusion> of(ColumnProfile column) {
        if (column.sampled() < FEWEST_VALUES) {
            return Optional.empty();
        }
        for (Meaning meaning : Meaning.values()) {
            double share = (double) column.forms().getOrDefault(meaning.word(), 0L) / column.sampled();
            if (share >= ENOUGH && meaning.mayBeIn(column.name())) {
                return Optional.of(new Conclusion(meaning, share));
            }
        }
        return Optional.empty();
    }

    /** True where values point at a person, by what they look like or by the column's name. */
    public static boolean isPersonal(ColumnProfile column) {
        String name = column.name().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return PERSONAL_NAME.matcher(name).matches()
                || of(column)
                        .map(Conclusion::meaning)
                        .filter(Meaning::isPersonal)
                        .isPresent();
    }
}
