/** JSON documents and lines, read strictly: every record is a value exact to the last digit, or a reason. */
@NullMarked
package io.headworks.connector.files.json;

import org.jspecify.annotations.NullMarked;
