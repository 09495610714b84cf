package io.headworks.core.profile;

import io.headworks.api.profile.Form;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What texts may stand for, the most telling first. {@code word} is public. */
public enum Meaning {
    UUID("uuid", matching("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), null, false),
    EMAIL("email", matching("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+"), null, true),
    URL("url", matching("(?i)(https?|ftp|s3)://[^\\s]+"), null, false),
    IPV4(
            "ipv4",
            matching("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"),
            null,
            true),
    IPV6("ipv6", matching("(?i)([0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}"), null, true),
    TIMESTAMP(
            "iso-timestamp",
            matching(
                    "[0-9]{4}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-6][0-9](\\.[0-9]+)?)?(Z|[+-][0-9:]+)?"),
            null,
            false),
    DATE("iso-date", matching("[0-9]{4}-[01][0-9]-[0-3][0-9]"), null, false),
    JSON("json", matching("(?s)\\s*(\\{.*\\}|\\[.*\\])\\s*"), null, false),
    IBAN("iban", matching("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}"), "iban", true),
    COUNTRY("country-code", Codes.COUNTRIES, "country|nation|land|paese|pays|iso", false),
    CURRENCY("currency-code", Codes.CURRENCIES, "currency|curr|ccy|valuta|devise|waehrung", false),
    PHONE("phone", matching("\\+?[0-9(][0-9 ()./-]{5,18}[0-9]"), "phone|tel|mobile|fax|cell", true),
    POSTCODE("postcode", matching("[A-Za-z0-9][A-Za-z0-9 -]{2,9}"), "zip|post_?code|postal|plz|cap", true),
    INTEGER("integer-in-text", matching("[+-]?[0-9]{1,18}"), null, false),
    DECIMAL("number-in-text", matching("[+-]?[0-9]+\\.[0-9]+"), null, false),
    BOOLEAN(
            "boolean-in-text",
            new Words(List.of("true", "false", "yes", "no", "TRUE", "FALSE", "Y", "N", "y", "n")),
            null,
            false);

    /** What {@link Form} is made of: a constant cannot know its own word. */
    private sealed interface Body permits Expression, Words {}

    private record Expression(String text) implements Body {}

    private record Words(List<String> values) implements Body {}

    /** Codes as the standards list them, as this platform knows them. */
    private static final class Codes {
        static final Words COUNTRIES = new Words(countries());
        static final Words CURRENCIES = new Words(currencies());

        private static List<String> countries() {
            Set<String> codes = new TreeSet<>(Arrays.asList(Locale.getISOCountries()));
            codes.addAll(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3));
            return List.copyOf(codes);
        }

        private static List<String> currencies() {
            Set<String> codes = new TreeSet<>();
            Currency.getAvailableCurrencies().forEach(currency -> codes.add(currency.getCurrencyCode()));
            return List.copyOf(codes);
        }
    }

    private final String word;
    private final Body body;
    private final @Nullable Pattern names;
    private final boolean personal;

    Meaning(String word, Body body, @Nullable String names, boolean personal) {
        this.word = word;
        this.body = body;
        this.names = names == null ? null : Pattern.compile("(?i)(^|.*[^a-z])(" + names + ").*");
        this.personal = personal;
    }

    private static Body matching(String expression) {
        return new Expression(expression);
    }

    public String word() {
        return word;
    }

    /** True for what points at a person: such values are masked. */
    public boolean isPersonal() {
        return personal;
    }

    /** True where the form alone is enough, or the column's name says it too. */
    boolean mayBeIn(String column) {
        return names == null || names.matcher(column).matches();
    }

    Form form() {
        return body instanceof Words words
                ? new Form.OneOf(word, words.values())
                : new Form.Matching(word, ((Expression) body).text());
    }

    /** The expression that values match; null where it is a list. */
    @Nullable
    String expression() {
        return body instanceof Expression expression ? expression.text() : null;
    }

    public static List<Form> forms() {
        return Arrays.stream(values()).map(Meaning::form).toList();
    }
}
