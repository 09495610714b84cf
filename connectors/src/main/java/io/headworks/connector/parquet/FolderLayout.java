package io.headworks.connector.parquet;

import io.headworks.api.dataset.TableName;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.nio.file.Path;

/**
 * Where things are. For connection path {@code lake}, the link {@code lake/orders} leads to the data of the current
 * version of table orders, and the versions live in {@code .lake.headworks/orders} beside {@code lake}, where no glob
 * over {@code lake} comes by.
 */
record FolderLayout(Path folder) {
    /** What file systems allow. */
    private static final int LONGEST_NAME = 255;

    FolderLayout {
        folder = folder.toAbsolutePath().normalize();
        if (folder.getFileName() == null) {
            throw new IllegalArgumentException("Cannot keep tables in " + folder + ": it has no parent folder");
        }
    }

    /** The hidden sibling that holds every table's versions. */
    Path store() {
        return folder.resolveSibling("." + folder.getFileName() + ".headworks");
    }

    TableLayout table(TableName name) {
        String table = PathText.encode(name.table());
        Path link = name.schema() == null
                ? folder.resolve(table)
                : folder.resolve(PathText.encode(name.schema())).resolve(table);
        String inStore = name.schema() == null ? table : PathText.encode(name.schema()) + "." + table;
        if (inStore.length() > LONGEST_NAME) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot keep table " + name + " in " + folder + ": the name of its folder would have "
                            + inStore.length() + " characters (allowed: " + LONGEST_NAME
                            + "; letters, digits, _ and - take one each, any other byte three)",
                    "give load.table a shorter name");
        }
        return new TableLayout(name, link, store().resolve(inStore));
    }

    /** The table of a folder in the store. */
    static TableName named(Path inStore) {
        String text = String.valueOf(inStore.getFileName());
        int dot = text.indexOf('.');
        return dot < 0
                ? new TableName(null, PathText.decode(text))
                : new TableName(PathText.decode(text.substring(0, dot)), PathText.decode(text.substring(dot + 1)));
    }

    /** The paths of one table. */
    record TableLayout(TableName name, Path link, Path home) {
        /** Holds nothing; whoever may write the table has it locked. Never opened but to be locked. */
        Path lock() {
            return home.resolve("lock");
        }

        Path fence() {
            return home.resolve("fence.json");
        }

        Path versions() {
            return home.resolve("versions");
        }

        Path version(long number) {
            return versions().resolve(String.format("%012d", number));
        }

        /** Work of the one writer; whatever is here when a lock is taken is a leftover. */
        Path work() {
            return home.resolve("work");
        }
    }
}
