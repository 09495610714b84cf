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
import io.headworks.api.load.Load;
import io.headworks.api.profile.ProfileRequest;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.type.Schema;
import io.headworks.core.contract.PersonalColumns;
import io.headworks.core.profile.CandidateKey;
import io.headworks.core.profile.Findings;
import io.headworks.core.profile.ForeignKey;
import io.headworks.core.profile.KeySearch;
import io.headworks.core.profile.Meaning;
import io.headworks.core.profile.Proposals;
import io.headworks.core.profile.ProposedCheck;
import io.headworks.core.spec.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Describes any table or file of a project by its rows, and says what could be checked. Writes nothing. */
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

    /**
     * A table's look.
     *
     * @param schema all its columns
     * @param key what tells its rows apart: as its pipeline says, else the first that was proved; empty for nothing
     * @param checks what it suggests and nobody checks yet; each holds on all rows
     */
    public record Looked(Findings findings, Schema schema, List<String> key, List<ProposedCheck> checks) {
        public Looked {
            key = List.copyOf(key);
            checks = List.copyOf(checks);
        }
    }

    /** @param written {@code connection:table}, {@code connection:path}, or one of both where only one connection fits */
    public Looked run(String written) {
        Project project = bench.project();
        DatasetName dataset = new NamedDataset(project).of("profile", written);
        Instant now = bench.setup().clock().instant();
        try (Workbench.Session session = bench.open()) {
            EngineSession engine = session.engine();
            Relation rows = rows(session, dataset);
            Profiling profiling = engine.profiling();
            Profiling.Profiled found =
                    profiling.profile(rows, new ProfileRequest(SAMPLE_ROWS, TOP_VALUES, BINS, Meaning.forms()));
            TableProfile profile = found.profile();
            TableProfile own = own(dataset, profile);
            List<CandidateKey> keys = keys(new Keys(engine, profiling, rows, found.sample(), now), own);
            List<String> personal = Findings.personal(profile, PersonalColumns.of(project, dataset)::contains);
            List<ForeignKey> references = new ReferenceSearch(project, engine, new DatasetRows(bench, session), now)
                    .of(dataset, profile, rows, found.sample());
            List<String> key = key(dataset, keys);
            List<ProposedCheck> proposed = new ArrayList<>(Proposals.of(own, personal, key, keys));
            references.forEach(each -> proposed.add(each.proposed()));
            proposed.addAll(new PastProposals(bench, profiling, now).of(dataset, rows, own));
            Findings findings = Findings.of(dataset, profile, personal, keys, references);
            return new Looked(
                    findings, rows.schema(), key, new TriedProposals(project, engine, now).of(dataset, rows, proposed));
        }
    }

    /** Without the columns that a pipeline of the project adds: what they hold is ours to know. */
    private TableProfile own(DatasetName dataset, TableProfile profile) {
        Load.AuditColumns audit = bench.project()
                .producer(dataset)
                .map(producer -> producer.load().audit())
                .orElse(null);
        return audit == null
                ? profile
                : new TableProfile(
                        profile.rows(),
                        profile.sampledRows(),
                        profile.columns().stream()
                                .filter(column -> !column.name().equals(audit.run())
                                        && !column.name().equals(audit.loadedAt()))
                                .toList());
    }

    private static List<CandidateKey> keys(Keys keys, TableProfile profile) {
        List<CandidateKey> single = keys.proved(KeySearch.single(profile).stream(), Integer.MAX_VALUE);
        List<CandidateKey> all = new ArrayList<>(single);
        all.addAll(keys.proved(KeySearch.pairs(profile, single).stream(), MOST_PAIRS));
        return all;
    }

    private List<String> key(DatasetName dataset, List<CandidateKey> keys) {
        return bench.project()
                .producer(dataset)
                .map(producer -> producer.load().uniqueKey())
                .filter(key -> !key.isEmpty())
                .orElseGet(() -> keys.isEmpty() ? List.of() : keys.get(0).columns());
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
