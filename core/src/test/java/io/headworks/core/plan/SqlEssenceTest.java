package io.headworks.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlEssenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select  a from t | select a from t",
                "select a from t; | select a from t",
                "/* head */ select a /* b */ from t | select a from t",
                "^select a -- remark\nfrom t^ | select a from t",
            })
    void forgetsWhatMeansNothing(String one, String other) {
        assertThat(SqlEssence.of(one)).isEqualTo(SqlEssence.of(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select 'a  b' | select 'a b'",
                "select '-- a' | select '-- b'",
                "select \"a  b\" from t | select \"a b\" from t",
                "select '/* a */' | select ''",
                "select 'it''s -- a' | select 'it''s'",
                "select $$ -- a $$ | select $$ -- b $$",
                "select a from t | select b from t",
            })
    void keepsWhatMeansSomething(String one, String other) {
        assertThat(SqlEssence.of(one)).isNotEqualTo(SqlEssence.of(other));
    }
}
