package io.headworks.duckdb.load;

/** The strategies that a stored table can be loaded by. */
final class Strategies {

    private Strategies() {}

    static Written apply(Work work) {
        return switch (work.load().strategy()) {
            case APPEND -> Append.apply(work);
            case TRUNCATE_RELOAD -> Reload.apply(work);
            case UPSERT, MERGE, SOFT_DELETE, PARTITION_SWAP -> throw work.notAllowed("not yet");
            case VIEW -> throw work.notAllowed("a view stores nothing");
        };
    }
}
