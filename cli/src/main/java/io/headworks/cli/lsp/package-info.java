/** The Language Server Protocol over what {@code core.editor} answers. Knows no file format, and nothing of commands. */
@NullMarked
package io.headworks.cli.lsp;

import org.jspecify.annotations.NullMarked;
