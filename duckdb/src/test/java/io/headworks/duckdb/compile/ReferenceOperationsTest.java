package io.headworks.duckdb.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.Relation;
import io.headworks.api.transform.Operation.ConvertCurrency;
import io.headworks.api.transform.Operation.Drop;
import io.headworks.api.transform.Operation.Lookup;
import io.headworks.api.transform.Operation.MapCodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReferenceOperationsTest {
    private final Duck duck = new Duck();
    private final OperationCompiler compiler = new OperationCompiler();

    @AfterEach
    void close() {
        duck.close();
    }

    @Nested
    class MapCodesReplaces {
        private final Relation input = duck.values("id, s", "(1, 'a')", "(2, 'it''s')", "(3, 'z')", "(4, NULL)");

        @Test
        void unknownCodesAsAsked() {
            assertThat(duck.run(input, map(MapCodes.Unknown.KEEP, null)))
                    .containsExactly("1|A", "2|IT", "3|z", "4|NULL");
            assertThat(duck.run(input, map(MapCodes.Unknown.SET_NULL, null)))
                    .containsExactly("1|A", "2|IT", "3|NULL", "4|NULL");
            assertThat(duck.run(input, map(MapCodes.Unknown.VALUE, "other")))
                    .containsExactly("1|A", "2|IT", "3|other", "4|NULL");
            Relation marked = duck.compile(input, map(MapCodes.Unknown.REJECT, null));
            assertThat(duck.show(compiler.accepted(marked))).containsExactly("1|A", "2|IT", "4|NULL");
            assertThat(duck.reasons(marked))
                    .containsExactly("unknown-code<T>map_codes(s)<T>Cannot map s: code 'z' is not in the list");
        }

        @Test
        void numbersByTheirText() {
            assertThat(duck.run(
                            duck.values("s", "(1)", "(2)"),
                            new MapCodes("s", Pairs.of("1", "one"), MapCodes.Unknown.KEEP, null)))
                    .containsExactly("2", "one");
        }

        private MapCodes map(MapCodes.Unknown unknown, @Nullable String otherwise) {
            return new MapCodes("s", Pairs.of("a", "A", "it's", "IT"), unknown, otherwise);
        }
    }

    @Nested
    class LookupTakes {
        private final Relation input =
                duck.values("id, customer_id, _hw_source", "(1, 10, 'f:1')", "(2, 99, 'f:2')", "(3, NULL, 'f:3')");

        LookupTakes() {
            duck.bind("dim_customer", duck.values("customer_id, sk, name", "(10, 7, 'Ada')", "(NULL, 8, 'nobody')"));
        }

        @Test
        void nothingForWhatIsMissing() {
            assertThat(duck.run(input, lookup(Lookup.Missing.KEEP)))
                    .containsExactly("1|10|7|Ada", "2|99|NULL|NULL", "3|NULL|NULL|NULL");
            assertThat(duck.run(input, lookup(Lookup.Missing.UNKNOWN)))
                    .containsExactly("1|10|7|Ada", "2|99|-1|NULL", "3|NULL|-1|NULL");
        }

        @Test
        void aRejectedRowAlongWhereAsked() {
            Relation marked = duck.compile(input, lookup(Lookup.Missing.REJECT));
            assertThat(duck.show(compiler.accepted(marked))).containsExactly("1|10|7|Ada");
            assertThat(duck.reasons(marked))
                    .containsExactly(
                            "no-match<T>lookup(customer_id)<T>Cannot look up in dim_customer: no row has customer_id = '99'",
                            "no-match<T>lookup(customer_id)<T>Cannot look up in dim_customer: no row has customer_id = NULL");
        }

        @Test
        void neverTwoRowsForOne() {
            duck.bind(
                    "dim_customer",
                    duck.values(
                            "customer_id, sk, name", "(10, 7, 'Ada')", "(10, 8, 'Eda')", "(5, 1, 'x')", "(5, 2, 'y')"));
            Relation output =
                    duck.compile(input, lookup(Lookup.Missing.KEEP), new Drop(java.util.List.of("sk", "name")));
            assertThatThrownBy(() -> duck.number("SELECT count(*) FROM (" + output.sql() + ")"))
                    .hasMessageContaining("Cannot look up in dim_customer: 2 rows match customer_id = '10' (f:1)");
            Relation noneAskedFor = duck.values("id, customer_id", "(1, 4)");
            assertThat(duck.run(noneAskedFor, lookup(Lookup.Missing.KEEP))).containsExactly("1|4|NULL|NULL");
        }

        @Test
        void onlyWhatFits() {
            assertThatThrownBy(() -> duck.compile(duck.values("customer_id", "('10')"), lookup(Lookup.Missing.KEEP)))
                    .hasMessage(
                            "Cannot look up in dim_customer: customer_id is text and dim_customer(customer_id) is integer");
            assertThatThrownBy(
                            () -> duck.compile(duck.values("customer_id, sk", "(10, 1)"), lookup(Lookup.Missing.KEEP)))
                    .hasMessage("Cannot look up in dim_customer: the input has a column sk already");
            assertThatThrownBy(() -> duck.compile(
                            input,
                            new Lookup(
                                    DatasetName.parse("dim_customer"),
                                    Pairs.of("customer_id", "customer"),
                                    null,
                                    Pairs.of("sk", "sk"),
                                    Lookup.Missing.KEEP,
                                    null)))
                    .hasMessage(
                            "Cannot look up in dim_customer: dim_customer has no column customer (columns: customer_id, sk, name)");
            assertThatThrownBy(() -> duck.compile(
                            input,
                            new Lookup(
                                    DatasetName.parse("nope"),
                                    Pairs.of("customer_id", "customer"),
                                    null,
                                    Pairs.of("sk", "sk"),
                                    Lookup.Missing.KEEP,
                                    null)))
                    .hasMessage("Cannot look up in nope: dataset nope is not known in this run");
        }

        @Test
        void noMembersOfATableThatNobodyWrites() {
            assertThatThrownBy(() -> duck.compile(input, lookup(Lookup.Missing.INFER)))
                    .hasMessage("Cannot infer members of dim_customer: no pipeline of this project writes it");
        }

        @Test
        void byTwoColumnsUnderOtherNames() {
            duck.bind("r.\"d", duck.values("a, b, c", "(1, 'x', 'one')", "(1, 'y', 'two')"));
            assertThat(duck.run(
                            duck.values("k, l", "(1, 'y')", "(1, NULL)", "(2, 'x')"),
                            new Lookup(
                                    DatasetName.parse("r.\"d"),
                                    Pairs.of("k", "a", "l", "b"),
                                    null,
                                    Pairs.of("found 😀", "c"),
                                    Lookup.Missing.KEEP,
                                    null)))
                    .containsExactly("1|NULL|NULL", "1|y|two", "2|x|NULL");
        }

        private Lookup lookup(Lookup.Missing missing) {
            return new Lookup(
                    DatasetName.parse("dim_customer"),
                    Pairs.of("customer_id", "customer_id"),
                    null,
                    Pairs.of("sk", "sk", "name", "name"),
                    missing,
                    null);
        }
    }

    @Nested
    class ConvertCurrencyGives {
        private final ConvertCurrency toEur = new ConvertCurrency(
                "amount", "currency", "EUR", DatasetName.parse("ref.fx_rates"), "placed_at", "amount_eur");

        ConvertCurrencyGives() {
            bindRates(
                    "('USD', 'EUR', date '2024-01-01', 0.90500000)",
                    "('USD', 'EUR', date '2024-01-10', 0.91000000)",
                    "('USD', 'GBP', date '2024-01-12', 0.50000000)",
                    "('JPY', 'EUR', date '2024-01-01', 0.00640000)");
        }

        @Test
        void theLatestRateAtOrBefore() {
            Relation marked = duck.compile(
                    duck.values(
                            "id, amount, currency, placed_at",
                            "(1, 10.01, 'USD', timestamptz '2024-01-09 23:59:59+00')",
                            "(2, 10.01, 'USD', timestamptz '2024-01-10 00:00:00+00')",
                            "(3, 10.01, 'USD', timestamptz '2023-12-31 00:00:00+00')",
                            "(4, 10.01, 'EUR', NULL)",
                            "(5, NULL, 'USD', timestamptz '2024-01-10 00:00:00+00')",
                            "(6, 10.01, 'CHF', timestamptz '2024-01-10 00:00:00+00')",
                            "(7, 10.01, NULL, timestamptz '2024-01-10 00:00:00+00')",
                            "(8, 10.01, 'USD', NULL)"),
                    toEur);
            assertThat(duck.query(
                            "SELECT id || ' ' || amount_eur FROM ("
                                    + compiler.accepted(marked).sql() + ") WHERE amount IS NOT NULL ORDER BY id",
                            row -> row.getString(1)))
                    .containsExactly("1 9.06", "2 9.11", "4 10.01");
            assertThat(duck.reasons(marked))
                    .containsExactly(
                            "no-rate<T>convert_currency(amount)<T>Cannot convert amount to EUR: no rate of 'CHF' at '2024-01-10 00:00:00+00'",
                            "no-rate<T>convert_currency(amount)<T>Cannot convert amount to EUR: no rate of 'USD' at '2023-12-31 00:00:00+00'",
                            "no-rate<T>convert_currency(amount)<T>Cannot convert amount to EUR: no rate of 'USD' at NULL",
                            "no-rate<T>convert_currency(amount)<T>Cannot convert amount to EUR: no rate of NULL at '2024-01-10 00:00:00+00'");
        }

        @Test
        void decimalsRoundedOnceHalfAwayFromZero() {
            Relation output = duck.compile(
                    duck.values(
                            "amount, currency, placed_at",
                            "(1000.00::decimal(18,2), 'JPY', date '2024-02-01')",
                            "(-0.50, 'USD', date '2024-01-10')",
                            "(1000000000000.01, 'USD', date '2024-01-10')"),
                    toEur);
            assertThat(output.schema().field("amount_eur").orElseThrow().type()).hasToString("decimal(18,2)");
            assertThat(duck.query(
                            "SELECT amount_eur::varchar FROM (" + output.sql() + ") ORDER BY amount_eur",
                            row -> row.getString(1)))
                    .containsExactly("-0.46", "6.40", "910000000000.01");
        }

        @Test
        void theDigitsOfTheCurrencyToWholeAmounts() {
            Relation output =
                    duck.compile(duck.values("amount, currency, placed_at", "(3, 'USD', date '2024-01-10')"), toEur);
            assertThat(output.schema().field("amount_eur").orElseThrow().type()).hasToString("decimal(18,2)");
            assertThat(duck.show(output)).containsExactly("3|USD|2024-01-10|2.73");
        }

        @Test
        void nothingOfTwoRatesOrOfDoubles() {
            bindRates("('USD', 'EUR', date '2024-01-01', 0.9)", "('USD', 'EUR', date '2024-01-01', 0.8)");
            Relation input = duck.values("amount, currency, placed_at", "(1.00, 'USD', date '2024-01-10')");
            Relation output = duck.compile(input, toEur);
            assertThatThrownBy(() -> duck.number("SELECT count(*) FROM (" + output.sql() + ")"))
                    .hasMessageContaining("Cannot convert amount to EUR: 2 rates of 'USD' are valid from '2024-01-01'");
            bindRates("('USD', 'EUR', date '2024-01-01', 0.9::double)");
            assertThatThrownBy(() -> duck.compile(input, toEur))
                    .hasMessage("Cannot convert amount to EUR: the rate is double: money is computed in decimals only");
            bindRates("('USD', 'EUR', timestamp '2024-01-01 00:00:00', 0.9)");
            assertThatThrownBy(() -> duck.compile(
                            duck.values(
                                    "amount, currency, placed_at",
                                    "(1.0, 'USD', timestamptz '2024-01-10 00:00:00+00')"),
                            toEur))
                    .hasMessageContaining("placed_at is timestamptz and ref.fx_rates(valid_from) is timestamp");
        }

        private void bindRates(String... rows) {
            duck.bind("ref.fx_rates", duck.values("from_currency, to_currency, valid_from, rate", rows));
        }
    }
}
