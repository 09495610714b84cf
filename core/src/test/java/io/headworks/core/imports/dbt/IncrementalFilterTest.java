package io.headworks.core.imports.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which conditions are the usual one, directly over one table. Anything else has to be left alone. */
final class IncrementalFilterTest {
    private static String rewritten(String before, String condition) {
        String found = IncrementalFilter.rewritten(
                condition.replace("THIS", IncrementalFilter.THIS), before, Set.of("orders", "raw.orders"));
        return found == null ? "" : found.strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            select * from orders; where at > (select max(at) from THIS); where {{ changed(orders.at) }}
            select * from raw.orders; where at >= (select max(at) from THIS); where {{ changed(orders.at) }}
            select * from orders as o; where o.at > (select max(t.at) from THIS t); where {{ changed(o.at) }}
            select * from orders o where x = 1; and at > (select max(at) as m from THIS); and {{ changed(o.at) }}
            with s as (select * from orders; where at > (select coalesce(max(at), '1900-01-01') from THIS); where {{ changed(orders.at) }}
            select 'from x, y' from orders; where at > (select max(at) from THIS); where {{ changed(orders.at) }}
            """)
    void theUsualOneIsRewritten(String before, String condition, String expected) {
        assertThat(rewritten(before, condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            select * from orders join other using (id); where at > (select max(at) from THIS)
            select * from orders, other; where at > (select max(at) from THIS)
            select * from cte; where at > (select max(at) from THIS)
            select * from (select * from orders) s; where at > (select max(at) from THIS)
            select * from orders o; where x.at > (select max(at) from THIS)
            select * from orders where x = 1 or y = 2; and at > (select max(at) from THIS)
            select * from orders group by a; where at > (select max(at) from THIS)
            select * from orders; and at > (select max(at) from THIS)
            select * from orders; where at > (select max(at) - interval 1 day from THIS)
            select * from orders; where at < (select max(at) from THIS)
            select * from orders; where at > (select min(at) from THIS)
            select * from orders; where id not in (select id from THIS)
            select * from orders; where at > (select max(at) from THIS) and x = 1
            """)
    void anyOtherIsNot(String before, String condition) {
        assertThat(rewritten(before, condition)).isEmpty();
    }
}
