package io.headworks.duckdb.check;

import io.headworks.api.check.Check;
import io.headworks.api.check.CheckResult;
import io.headworks.api.check.OnFail;
import io.headworks.api.check.Rule;
import io.headworks.api.check.Scope;
import io.headworks.api.check.Severity;
import io.headworks.api.check.Threshold;
import io.headworks.api.dataset.DatasetName;
import io.headworks.api.engine.CheckScope;
import io.headworks.api.engine.Relation;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.duckdb.engine.DuckDbEngineFactory;
import io.headworks.duckdb.engine.DuckDbSession;
import io.headworks.duckdb.sql.SqlRunner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session to make tables in, and checks over them. */
final class CheckBench implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final io.headworks.api.engine.Engine engine;
    private final DuckDbSession session;
    final Cancellation cancellation = new Cancellation();

    CheckBench(Path temporary) {
        engine = new DuckDbEngineFactory().open(Resources.UNSET, temporary);
        session = (DuckDbSession) engine.session("check-test", temporary, cancellation);
    }

    SqlRunner sql() {
        return session.sql();
    }

    DuckDbSession session() {
        return session;
    }

    CheckBench execute(String... statements) {
        for (String statement : statements) {
            sql().execute(statement);
        }
        return this;
    }

    Relation rows(String select) {
        return session.relation(select);
    }

    void bind(String name, String select) {
        session.bind(DatasetName.parse(name), rows(select));
    }

    CheckScope scope(String select) {
        return new CheckScope(rows(select), null, NOW, 3);
    }

    CheckResult run(String select, Rule rule) {
        return run(select, check(rule));
    }

    CheckResult run(String select, Check check) {
        return run(scope(select), check).get(0);
    }

    List<CheckResult> run(CheckScope scope, Check... checks) {
        return new CheckRunner().run(sql(), scope, List.of(checks), session.datasets());
    }

    static Check check(Rule rule) {
        return check(rule, null, Threshold.NONE, Threshold.NONE);
    }

    static Check where(String where, Rule rule) {
        return check(rule, where, Threshold.NONE, Threshold.NONE);
    }

    static Check check(Rule rule, @Nullable String where, Threshold warnAbove, Threshold failAbove) {
        return named(rule.key(), rule, where, warnAbove, failAbove);
    }

    static Check named(String name, Rule rule, @Nullable String where, Threshold warnAbove, Threshold failAbove) {
        return new Check(
                name, rule, Severity.P1, warnAbove, failAbove, where, Scope.TABLE, rule.dimension(), OnFail.STOP, null);
    }

    static Threshold count(long value) {
        return new Threshold(BigDecimal.valueOf(value), false);
    }

    static Threshold share(String value) {
        return new Threshold(new BigDecimal(value), true);
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
