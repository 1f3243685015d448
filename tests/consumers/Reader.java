// Reads a CAS as INCEpTION does, with the reader of Apache UIMA, and prints the words under every mention.
import java.io.FileInputStream;
import java.io.PrintStream;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.resource.metadata.TypeSystemDescription;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

public class Reader {
  public static void main(String[] arguments) throws Exception {
    TypeSystemDescription types =
        UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(arguments[0]));
    CAS cas = CasCreationUtils.createCas(types, null, null);
    XmiCasDeserializer.deserialize(new FileInputStream(arguments[1]), cas);
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    for (AnnotationFS found : cas.getAnnotationIndex(cas.getTypeSystem().getType("oped.Mention"))) {
      out.println(found.getCoveredText().replace("\n", " "));
    }
  }
}
