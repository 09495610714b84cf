package io.headworks.connector.files.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.source.FileReading.Names;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderNamesTest {

    @Test
    void areUniqueInAnyCaseAndPassOverNamesThatAreThere() {
        HeaderNames names = HeaderNames.of(List.of("a", "A", "a_2", "", " ", "column_4", "a"), Names.KEEP);

        assertThat(names.names()).containsExactly("a", "A_3", "a_2", "column_4", "column_5", "column_4_2", "a_4");
        assertThat(names.changes()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "KundenNr, kunden_nr",
        "Kunden-Nr., kunden_nr",
        "HTTPStatus, http_status",
        "order2Total, order2_total",
        "already_snake, already_snake",
        "Größe (cm), größe_cm",
        "ID, id",
        "  Two  Words , two_words",
        "日本語, 日本語",
        "%, ''"
    })
    void becomeSnakeCase(String header, String name) {
        assertThat(HeaderNames.snakeCase(header)).isEqualTo(name);
    }
}
