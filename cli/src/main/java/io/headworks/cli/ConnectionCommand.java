package io.headworks.cli;

import io.headworks.api.run.Cancellation;
import io.headworks.core.service.ReachConnections;
import io.headworks.core.service.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups what can be asked about connections. */
@Command(
        name = "connection",
        description = "List the connections, test them, show their tables",
        sortOptions = false,
        subcommands = {
            ConnectionCommand.ListThem.class,
            ConnectionCommand.Test.class,
            ConnectionCommand.Tables.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hw connection list", "  hw connection test", "  hw connection tables warehouse"})
final class ConnectionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw NothingAsked.of(spec);
    }

    /** Lists connections. */
    @Command(
            name = "list",
            description = "List the connections of this environment; secrets are not shown",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw connection list", "  hw connection list --env prod --output json"})
    static final class ListThem implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            try (Workbench bench =
                    new Workbench(invocation.setup(), invocation.projectToLookAtData(), new Cancellation())) {
                List<Map<String, @Nullable Object>> all = new ReachConnections(bench).list();
                TextTable table = new TextTable("CONNECTION", "TYPE", "SOURCE", "TARGET", "SETTINGS");
                all.forEach(each -> table.row(
                        each.get("name"), each.get("type"), yes(each, "source"), yes(each, "target"), settings(each)));
                invocation.console().table(table);
                invocation.console().document(Map.of("connections", all));
            }
            return 0;
        }

        private static String yes(Map<String, @Nullable Object> connection, String key) {
            return Boolean.TRUE.equals(connection.get(key)) ? "yes" : "";
        }

        private static String settings(Map<String, @Nullable Object> connection) {
            StringBuilder text = new StringBuilder();
            Map<String, @Nullable Object> settings = Documents.map(connection, "settings");
            if (settings != null) {
                settings.forEach((key, value) ->
                        text.append(key).append('=').append(value).append(' '));
            }
            if (connection.get("secrets") instanceof List<?> secrets) {
                secrets.forEach(key -> text.append(key).append("=*** "));
            }
            return text.toString().strip();
        }
    }

    /** Tests connections. */
    @Command(
            name = "test",
            description = "Open connections and say whether they can be reached",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw connection test                 all of them", "  hw connection test warehouse"})
    static final class Test implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", arity = "0..*", description = "Connections (default: all)")
        private List<String> names = List.of();

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            List<Map<String, @Nullable Object>> results = new ArrayList<>();
            try (Workbench bench =
                    new Workbench(invocation.setup(), invocation.projectToLookAtData(), new Cancellation())) {
                ReachConnections connections = new ReachConnections(bench);
                List<String> wanted = names.isEmpty()
                        ? List.copyOf(bench.project().connections().keySet())
                        : names;
                wanted.forEach(name -> results.add(connections.test(name)));
            }
            TextTable table = new TextTable("CONNECTION", "STATUS", "TABLES", "ERROR");
            results.forEach(
                    each -> table.row(each.get("name"), each.get("status"), each.get("tables"), each.get("error")));
            invocation.console().table(table);
            invocation.console().document(Map.of("connections", results));
            return results.stream()
                    .map(each -> (int) Documents.number(each, "exit_code"))
                    .filter(code -> code != 0)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Lists tables. */
    @Command(
            name = "tables",
            description = "List the tables or files of a connection",
            sortOptions = false,
            footerHeading = "%nExamples:%n",
            footer = {"  hw connection tables warehouse"})
    static final class Tables implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "The connection")
        private String name;

        @Override
        public Integer call() {
            Invocation invocation = Invocation.of(spec);
            try (Workbench bench =
                    new Workbench(invocation.setup(), invocation.projectToLookAtData(), new Cancellation())) {
                List<String> tables = new ReachConnections(bench).tables(name);
                tables.forEach(invocation.console()::line);
                invocation.console().document(Map.of("connection", name, "tables", tables));
            }
            return 0;
        }
    }
}
