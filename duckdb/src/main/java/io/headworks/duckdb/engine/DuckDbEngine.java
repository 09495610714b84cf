package io.headworks.duckdb.engine;

import io.headworks.api.engine.Engine;
import io.headworks.api.engine.SqlInspector;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.api.run.Resources;
import io.headworks.duckdb.sql.DuckSql;
import io.headworks.duckdb.stream.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/** The process's DuckDB instance, in memory; every file is attached to it under a catalog name of its own. */
public final class DuckDbEngine implements Engine {
    private final DuckDBConnection root;
    private final Attachments attachments;
    private final Streams streams;
    private final WorkFiles work;
    private final AtomicInteger sessions = new AtomicInteger();

    private DuckDbEngine(DuckDBConnection root, Path temporary) {
        this.root = root;
        this.attachments = new Attachments(root);
        this.work = new WorkFiles(attachments, temporary);
        this.streams = new Streams(root);
    }

    static DuckDbEngine open(Resources resources, Path temporary) {
        try {
            Files.createDirectories(temporary);
            DuckDBConnection root = connect();
            try (Statement statement = root.createStatement()) {
                for (String setting : settings(resources, temporary)) {
                    statement.execute(setting);
                }
            } catch (SQLException refused) {
                root.close();
                throw refused;
            }
            return new DuckDbEngine(root, temporary);
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        } catch (IOException failed) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot open the engine: no temporary folder " + temporary, null, failed);
        }
    }

    /** An in-memory instance that loads nothing from anywhere by itself. */
    static DuckDBConnection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
        return connection.unwrap(DuckDBConnection.class);
    }

    private static List<String> settings(Resources resources, Path temporary) {
        List<String> settings = new ArrayList<>(List.of(
                "SET GLOBAL TimeZone = 'UTC'",
                "SET GLOBAL preserve_insertion_order = false",
                // what makes the engine count how far a statement has come; it prints nothing
                "SET enable_progress_bar = true",
                "SET enable_progress_bar_print = false",
                // a division by zero is an error, not Infinity
                "SET GLOBAL ieee_floating_point_ops = false",
                "SET GLOBAL temp_directory = "
                        + DuckSql.text(temporary.toAbsolutePath().toString())));
        if (resources.memory() != null) {
            settings.add("SET GLOBAL memory_limit = '" + resources.memory() + "B'");
        }
        if (resources.threads() != null) {
            settings.add("SET GLOBAL threads = " + resources.threads());
        }
        if (resources.disk() != null) {
            settings.add("SET GLOBAL max_temp_directory_size = '" + resources.disk() + "B'");
        }
        return settings;
    }

    @Override
    public DuckDbSession session(String runId, Path staging, Cancellation cancellation) {
        String name = "s" + sessions.incrementAndGet();
        return DuckDbSession.open(root, attachments, streams, work, name, staging, cancellation);
    }

    @Override
    public SqlInspector inspector() {
        return new DuckDbInspector(() -> root.duplicate().unwrap(DuckDBConnection.class));
    }

    @Override
    public Keeping keepFiles() {
        attachments.keep();
        return new Keeping() {
            @Override
            public void closeUnused() {
                attachments.closeUnused();
            }

            @Override
            public void close() {
                attachments.letGo();
            }
        };
    }

    @Override
    public void close() {
        try {
            work.close();
            root.close();
        } catch (SQLException failed) {
            throw EngineErrors.of(failed);
        }
    }
}
