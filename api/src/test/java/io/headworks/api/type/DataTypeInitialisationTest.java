package io.headworks.api.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class DataTypeInitialisationTest {

    @Test
    void constantsAreSetWhicheverClassIsUsedFirst() throws Exception {
        URL classes = DataType.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader fresh = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class.forName(DataType.Simple.class.getName(), true, fresh);
            Object text =
                    fresh.loadClass(DataType.class.getName()).getField("TEXT").get(null);
            assertThat(text).hasToString("text");
        }
    }
}
