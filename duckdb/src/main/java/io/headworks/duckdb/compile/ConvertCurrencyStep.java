package io.headworks.duckdb.compile;

import io.headworks.api.transform.Operation.ConvertCurrency;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.duckdb.sql.DuckSql;
import java.util.Currency;
import java.util.List;

/**
 * {@code convert_currency}: by the latest rate at or before a time, in decimals throughout. The rates are a dataset with
 * {@code from_currency}, {@code to_currency}, {@code valid_from} and {@code rate}: one unit of from_currency is worth
 * {@code rate} units of to_currency.
 */
final class ConvertCurrencyStep {
    private static final int WIDEST = 38;
    private static final int USUAL = 18;

    private final ConvertCurrency convert;
    private final Shape input;
    private final Reference rates;
    private final String what;

    private ConvertCurrencyStep(ConvertCurrency convert, Shape input, CompileContext context) {
        this.convert = convert;
        this.input = input;
        this.what = "convert " + convert.column() + " to " + convert.to();
        this.rates = Reference.of(what, convert.rates(), context);
    }

    static Step of(ConvertCurrency convert, Shape input, String name, CompileContext context) {
        ConvertCurrencyStep step = new ConvertCurrencyStep(convert, input, context);
        String gathered = name + "_rates";
        return step.joined(gathered).after(List.of(OperationCompiler.cte(gathered, step.gathered())));
    }

    private String gathered() {
        return "SELECT from_currency, valid_from, any_value(rate) AS rate, count(*) AS _hw_rates\nFROM (\n"
                + rates.rows().sql() + "\n) AS d\nWHERE to_currency = " + DuckSql.text(convert.to())
                + " AND rate IS NOT NULL\nGROUP BY from_currency, valid_from";
    }

    private Step joined(String gathered) {
        Field amount = input.column(what + ":", convert.column());
        Field currency = text(input.column(what + " from", convert.from()));
        Field at = input.column(what + " at", convert.at());
        text(rates.column("from_currency"));
        text(rates.column("to_currency"));
        refuseTimes(at, rates.column("valid_from"));
        DataType.Decimal result = result(amount);
        String own = "i." + DuckSql.name(currency.name());
        String value = "CASE WHEN " + own + " = " + DuckSql.text(convert.to()) + " THEN CAST(i."
                + DuckSql.name(amount.name()) + " AS " + spelling(result) + ")\n    ELSE " + product(amount, result)
                + " END";
        String sentence = DuckSql.text("Cannot " + what + ": no rate of ") + ", " + Reason.shown(own) + ", ' at ', "
                + Reason.shown("i." + DuckSql.name(at.name()));
        return new Projection(input)
                .join("ASOF LEFT JOIN " + DuckSql.name(gathered) + " AS r ON r.from_currency = " + own + " AND i."
                        + DuckSql.name(at.name()) + " >= r.valid_from")
                .require(Assertion.unless(
                        "r._hw_rates > 1 AND " + own + " <> " + DuckSql.text(convert.to()),
                        DuckSql.text("Cannot " + what + ": ") + ", r._hw_rates, ' rates of ', " + Reason.shown(own)
                                + ", ' are valid from ', " + Reason.shown("r.valid_from"),
                        input))
                .set(convert.into(), value, result, true)
                .reject(new Projection.Rejection(
                        "i." + DuckSql.name(amount.name()) + " IS NOT NULL AND (" + own + " IS NULL OR (" + own + " <> "
                                + DuckSql.text(convert.to()) + " AND r.rate IS NULL))",
                        Reason.of("no-rate", Reason.rule("convert_currency", convert.column()), sentence)))
                .step();
    }

    private String product(Field amount, DataType.Decimal result) {
        int amountScale = scale(what + ": " + amount.name(), amount);
        int rateScale = scale(what + ": the rate", rates.column("rate"));
        if (amountScale + rateScale > WIDEST) {
            throw Refusal.of("Cannot " + what + ": amount and rate have " + (amountScale + rateScale)
                    + " digits behind the point together (at most " + WIDEST + ")");
        }
        return "CAST(CAST(i." + DuckSql.name(amount.name()) + " AS DECIMAL(38," + amountScale + ")) * CAST(r.rate AS "
                + "DECIMAL(38," + rateScale + ")) AS " + spelling(result) + ")";
    }

    /** The amount's own digits, or those that the currency has when they are more. */
    private DataType.Decimal result(Field amount) {
        int scale = Math.max(scale(what + ": " + amount.name(), amount), minorDigits());
        int precision = amount.type() instanceof DataType.Decimal decimal ? decimal.precision() : USUAL;
        return new DataType.Decimal(Math.min(WIDEST, Math.max(USUAL, precision)), scale);
    }

    private int minorDigits() {
        try {
            return Math.max(0, Currency.getInstance(convert.to()).getDefaultFractionDigits());
        } catch (IllegalArgumentException noIsoCode) {
            throw Refusal.of("Cannot " + what + ": '" + convert.to() + "' is no ISO 4217 code, as EUR");
        }
    }

    private static int scale(String what, Field field) {
        if (field.type() instanceof DataType.Decimal decimal) {
            return decimal.scale();
        } else if (field.type().isInteger()) {
            return 0;
        }
        throw Refusal.of(
                "Cannot " + what + " is " + field.type() + ": money is computed in decimals only",
                "cast it before: cast: {" + field.name() + ": \"decimal(18,2)\"}");
    }

    private Field text(Field field) {
        if (!field.type().isText()) {
            throw Refusal.of("Cannot " + what + ": " + field.name() + " is " + field.type() + ", not a currency code");
        }
        return field;
    }

    /** A date counts from 00:00 UTC; a time without a zone and an instant cannot be compared. */
    private void refuseTimes(Field at, Field validFrom) {
        TypeFamily own = TypeFamily.of(at.type());
        TypeFamily theirs = TypeFamily.of(validFrom.type());
        boolean times = at.type().isTime() && validFrom.type().isTime();
        boolean mixed = own != theirs && own != TypeFamily.DATE && theirs != TypeFamily.DATE;
        if (!times || mixed) {
            throw Refusal.of(
                    "Cannot " + what + ": " + at.name() + " is " + at.type() + " and " + convert.rates()
                            + "(valid_from) is " + validFrom.type(),
                    "use to_utc to make instants of local times");
        }
    }

    private static String spelling(DataType.Decimal type) {
        return "DECIMAL(" + type.precision() + "," + type.scale() + ")";
    }
}
