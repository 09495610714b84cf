package io.headworks.core.spec.loading;

import io.headworks.core.spec.descriptor.SqlText;
import io.headworks.core.spec.format.TestsFormat;
import java.util.List;

/** The tests of one document as they were read; those that are wrong are left out, as all are when one is. */
record ReadTests(List<TestsFormat.TestDraft> drafts, List<SqlText> sql) {}
