package io.headworks.duckdb.load;

/** The strategies that a stored table can be loaded by. */
final class Strategies {

    private Strategies() {}

    static Written apply(Work work) {
        return switch (work.load().strategy()) {
            case APPEND -> Append.apply(work);
            case TRUNCATE_RELOAD -> Reload.apply(work);
            case UPSERT, MERGE, SOFT_DELETE -> KeyedWrite.apply(work);
            case PARTITION_SWAP -> PartitionSwap.apply(work);
            case VIEW -> throw work.notAllowed("a view stores nothing");
        };
    }
}
