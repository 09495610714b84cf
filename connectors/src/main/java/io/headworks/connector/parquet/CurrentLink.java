package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.connector.parquet.FolderLayout.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The link in the visible folder that leads to the current version's data. A convenience: no reader of ours uses it. */
final class CurrentLink {
    private final TableLayout table;

    CurrentLink(TableLayout table) {
        this.table = table;
    }

    /** Throws when something that is not ours is in the link's place. */
    void requireOurs() throws IOException {
        Path link = table.link();
        boolean ours = Files.isSymbolicLink(link)
                && Files.readSymbolicLink(link).toString().contains(".headworks/");
        if (!ours && Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot load into " + table.name() + ": " + link + " is there already and is no link of ours",
                    "move it away, or name another table");
        }
    }

    boolean pointsTo(long version) throws IOException {
        Path link = table.link();
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target(version));
    }

    private Path target(long version) {
        return Durable.folderOf(table.link()).relativize(table.version(version).resolve(Version.DATA));
    }

    /** Points to a version; readers see the old or the new target, never none. */
    void pointTo(long version) throws IOException {
        Path link = table.link();
        Path folder = Durable.folderOf(link);
        Path target = target(version);
        if (pointsTo(version)) {
            return;
        }
        Durable.createFolders(folder);
        Path fresh = link.resolveSibling("." + link.getFileName() + ".headworks-link");
        Files.deleteIfExists(fresh);
        FailPoint.K26.passOr(IOException::new);
        Files.createSymbolicLink(fresh, target);
        Durable.rename(fresh, link);
        Durable.sync(folder);
    }
}
