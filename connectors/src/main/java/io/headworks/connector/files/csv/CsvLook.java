package io.headworks.connector.files.csv;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.CsvDialect;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was found in delimited files.
 *
 * @param schema the columns of the extract with their types
 * @param rejected paths of files that miss a column, where such files are left out
 */
public record CsvLook(
        Schema schema, List<CsvFile> files, List<String> rejected, Map<String, String> detected, List<String> notes) {

    /** Gives bytes in UTF-8 for a file that is in another encoding. */
    public interface Transcoder {
        InputFile transcoded(CsvProfile profile) throws IOException;
    }

    /** The same for some of the files. */
    public CsvLook only(List<FileStamp> stamps) {
        List<CsvFile> some = files.stream()
                .filter(file -> stamps.contains(file.profile().file().stamp()))
                .toList();
        return new CsvLook(schema, some, rejected, detected, notes);
    }

    /** The scans of the files, in their order; neighbours with the same header and dialect are one scan. */
    public List<Scan> scans(Transcoder transcoder) throws IOException {
        List<Scan> scans = new ArrayList<>();
        List<InputFile> group = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            CsvFile file = files.get(i);
            group.add(readable(file.profile(), transcoder));
            boolean last = i == files.size() - 1;
            if (last || !isAlike(file, files.get(i + 1))) {
                scans.add(new Scan.Csv(group, dialect(file), file.columns()));
                group = new ArrayList<>();
            }
        }
        return scans;
    }

    private static InputFile readable(CsvProfile profile, Transcoder transcoder) throws IOException {
        return profile.encoding().name().equals("utf-8") ? profile.file() : transcoder.transcoded(profile);
    }

    private static boolean isAlike(CsvFile a, CsvFile b) {
        List<ScanColumn> columns = a.columns();
        return dialect(a).equals(dialect(b)) && columns.equals(b.columns());
    }

    private static CsvDialect dialect(CsvFile file) {
        return file.dialect("utf-8");
    }
}
