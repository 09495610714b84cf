package io.headworks.core.service;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Profiling;
import io.headworks.api.engine.Relation;
import io.headworks.api.profile.ProfileRequest;
import io.headworks.core.profile.CandidateKey;
import io.headworks.core.profile.Findings;
import io.headworks.core.profile.KeySearch;
import io.headworks.core.profile.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Describes any table or file of a project by its rows. Writes nothing. */
public final class ProfileTable {
    private static final int SAMPLE_ROWS = 50_000;
    private static final int TOP_VALUES = 10;
    private static final int BINS = 20;

    /** Pairs are proved one by one until so many are found: more say nothing new. */
    private static final int MOST_PAIRS = 3;

    private final Workbench bench;

    public ProfileTable(Workbench bench) {
        this.bench = bench;
    }

    /** @param written {@code connection:table}, {@code connection:path}, or one of both where only one connection fits */
    public Findings run(String written) {
        DatasetName dataset = new NamedDataset(bench.project()).of("profile", written);
        try (Workbench.Session session = bench.open()) {
            EngineSession engine = session.engine();
            Relation rows = rows(session, dataset);
            Profiling profiling = engine.profiling();
            Profiling.Profiled found =
                    profiling.profile(rows, new ProfileRequest(SAMPLE_ROWS, TOP_VALUES, BINS, Meaning.forms()));
            Keys keys = new Keys(
                    engine,
                    profiling,
                    rows,
                    found.sample(),
                    bench.setup().clock().instant());
            List<CandidateKey> single = keys.proved(KeySearch.single(found.profile()).stream(), Integer.MAX_VALUE);
            List<CandidateKey> all = new ArrayList<>(single);
            all.addAll(keys.proved(KeySearch.pairs(found.profile(), single).stream(), MOST_PAIRS));
            return Findings.of(dataset, found.profile(), all);
        }
    }

    /** Rows that can be read again and again; text files are read and understood once. */
    private Relation rows(Workbench.Session session, DatasetName dataset) {
        DatasetRows datasets = new DatasetRows(bench, session);
        Relation rows = datasets.read(dataset);
        boolean text =
                datasets.connection(String.valueOf(dataset.connection())).type().equals("files")
                        && !dataset.table().toString().endsWith(".parquet");
        return text ? session.engine().materialise("profiled", rows) : rows;
    }

    /** Proves keys: a sample refutes most, all rows prove the rest. */
    private record Keys(EngineSession engine, Profiling profiling, Relation rows, Relation sample, Instant now) {
        List<CandidateKey> proved(Stream<CandidateKey> candidates, int most) {
            return candidates
                    .filter(key -> profiling.repeats(sample, key.columns()) == 0)
                    .filter(this::holds)
                    .limit(most)
                    .toList();
        }

        private boolean holds(CandidateKey key) {
            CheckScope scope = new CheckScope(rows, rows, now, 0);
            return engine.check(scope, List.of(unique(key))).get(0).status() == CheckResult.Status.PASSED;
        }

        private static Check unique(CandidateKey key) {
            Rule rule = new Rule.Unique(key.columns());
            return new Check(
                    "unique",
                    rule,
                    Severity.P1,
                    Threshold.NONE,
                    Threshold.NONE,
                    null,
                    Scope.TABLE,
                    rule.dimension(),
                    OnFail.RECORD,
                    null);
        }
    }
}
