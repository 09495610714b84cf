package io.headworks.testkit.state;

import static io.headworks.testkit.state.Remembered.id;
import static io.headworks.testkit.state.Remembered.key;
import static io.headworks.testkit.state.Remembered.run;

import io.headworks.api.state.StateHome;
import io.headworks.core.json.Json;
import io.headworks.core.record.RunStatus;
import io.headworks.core.secret.Masker;
import io.headworks.core.state.Machine;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.RunFiles;
import io.headworks.core.state.RunHistory;
import io.headworks.core.state.RunStore;
import io.headworks.core.state.StateDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A place for a project's state, open, and what is done to it. */
public abstract class StateFixture {
    static final Machine ELSEWHERE = new Machine("elsewhere", "elsewhere/1");

    @TempDir
    protected Path folder;

    StateHome home;
    StateDatabase state;
    RunStore store;

    /** An empty place, the same one at each call within a test. */
    protected abstract StateHome home();

    /** Makes it anew from what is left, as {@code hw state rebuild} does. */
    protected abstract Rebuilt rebuild(RebuiltContent content, String mark);

    @BeforeEach
    void open() {
        home = home();
        state = StateDatabase.open(home);
        store = store(state);
    }

    @AfterEach
    void close() {
        state.close();
    }

    protected final RunStore store(StateDatabase of) {
        return new RunStore(of, new RunFiles(folder.resolve("runs")), new Masker(List.of("hunter22")));
    }

    /** Does something to the tables behind the program's back. */
    protected final void tamper(String... statements) {
        try (Connection session = home.open();
                Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static Object of(String document, String key) {
        return String.valueOf(Json.readObject(document).get(key));
    }

    String status(int run) {
        return String.valueOf(new RunHistory(state)
                .byId(id(run))
                .map(text -> of(text, "status"))
                .orElseThrow());
    }

    void begin(StateDatabase as, int run) {
        store(as).running(run(run, "orders", RunStatus.RUNNING));
    }

    /** A place where nothing was ever opened. */
    protected abstract StateHome anotherHome();
}
