import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node of OpenSearch for the tests, from plain jars: {@code java TestNode HOME} reads {@code HOME/config/opensearch.yml}.
 *
 * <p>It lives as long as its standard input is open. When the test process ends, however that ends, the pipe closes and the
 * node is gone at once; its data were temporary. An orderly stop is a line on standard input.
 */
public final class TestNode extends Node {
  private static final List<Class<? extends Plugin>> MODULES =
      List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class);

  private TestNode(Environment environment, Collection<Class<? extends Plugin>> modules) {
    super(environment, modules, true);
  }

  public static void main(String[] arguments) throws Exception {
    Thread watch = watchStandardInput();
    Path home = Path.of(arguments[0]).toAbsolutePath();
    Settings settings = Settings.builder().put("path.home", home.toString()).build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "unnamed");
    new TestNode(environment, MODULES).start();
    watch.join(); // a node's own threads keep no process alive
  }

  private static Thread watchStandardInput() {
    Thread watch = new Thread(() -> {
      int read;
      try {
        read = System.in.read();
      } catch (IOException error) {
        read = -1;
      }
      if (read == -1) {
        Runtime.getRuntime().halt(1);
      }
      System.exit(0);
    }, "standard-input");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }
}
