/** Connection type {@code postgresql}. Only puts together what its packages hold; knows no engine. */
@NullMarked
package io.headworks.connector.postgres;

import org.jspecify.annotations.NullMarked;
