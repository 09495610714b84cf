/** From a file's bytes to characters: compression, encoding, strict decoding. Knows nothing of formats. */
@NullMarked
package io.headworks.connector.files.text;

import org.jspecify.annotations.NullMarked;
