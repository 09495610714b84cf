/** What tests of files share. */
@NullMarked
package io.headworks.testkit.files;

import org.jspecify.annotations.NullMarked;
