package io.headworks.connector.jdbc;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

class DerbyTargetContractTest extends JdbcTargetContract {
    DerbyTargetContractTest() {
        super(TestEngine.DERBY);
    }

    /** Its compiler takes some seconds for each sequence. */
    @Override
    protected int sequences() {
        return 2;
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(
                Lack.SCHEMAS,
                Lack.CASE_IN_NAMES,
                Lack.BLANKS_IN_KEYS,
                Lack.INSTANTS,
                Lack.STATEMENTS_STOPPED,
                Lack.WIDER_COLUMNS);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(
                new DataType.ListOf(DataType.BIGINT),
                Simple.HUGEINT,
                new DataType.Decimal(38, 10),
                new DataType.Time(6),
                new DataType.Timestamp(9, false));
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        if (type == Simple.DOUBLE) {
            return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        return type == Simple.DATE ? List.of(LocalDate.of(1582, 10, 10)) : List.of();
    }
}
