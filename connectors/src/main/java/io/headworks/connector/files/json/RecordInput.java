package io.headworks.connector.files.json;

import io.headworks.api.source.Scan.InputFile;
import java.io.IOException;

/** Opens files whose rows are records: values under names. */
public interface RecordInput {
    /** @throws IOException when it is no file of that kind; its message reads behind "Cannot read PATH: " */
    JsonRecords open(InputFile file) throws IOException;
}
