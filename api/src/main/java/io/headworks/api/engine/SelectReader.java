package io.headworks.api.engine;

import io.headworks.api.engine.SqlInspector.Text;
import io.headworks.api.lineage.SelectTree;
import java.util.List;

/** Reads SELECTs and expressions to be followed. Many in one call, because starting a parser costs more than parsing. */
public interface SelectReader extends AutoCloseable {
    /** One tree per text, in order; that of a text which cannot be read traces nothing and says why. */
    List<SelectTree> read(List<Text> texts);

    @Override
    void close();
}
