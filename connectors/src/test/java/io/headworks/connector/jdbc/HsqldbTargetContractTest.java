package io.headworks.connector.jdbc;

import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

class HsqldbTargetContractTest extends JdbcTargetContract {
    HsqldbTargetContractTest() {
        super(TestEngine.HSQLDB);
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(
                Lack.SCHEMAS,
                Lack.CHANGES_TAKEN_BACK,
                Lack.CASE_IN_NAMES,
                Lack.BLANKS_IN_KEYS,
                Lack.STATEMENTS_STOPPED);
    }

    @Override
    protected List<DataType> refusedTypes() {
        return List.of(new DataType.ListOf(DataType.BIGINT));
    }

    @Override
    protected List<Object> refusedValues(DataType type) {
        if (type == Simple.DOUBLE) {
            return List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }
        return type == Simple.DATE ? List.of(LocalDate.of(1582, 10, 10)) : List.of();
    }
}
