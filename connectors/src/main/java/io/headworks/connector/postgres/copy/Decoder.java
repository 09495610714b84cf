package io.headworks.connector.postgres.copy;

import io.headworks.api.batch.Column;

/** Turns the values of one column from the wire format of its type into a column of a batch, all rows at once. */
public sealed interface Decoder
        permits NumberDecoder, DecimalDecoder, TimeDecoder, TextDecoder, SpanDecoder, ListDecoder {

    /** What a row holds that is {@link Unfit} means nothing. */
    Column decode(Cells cells, Unfit unfit);
}
