using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Settings that a program keeps as XML in a text, read with System.Xml.Linq. The elements are those of the real library: what it does, happens.
internal sealed partial class Interpreter
{
    private static bool IsOfXml(ITypeSymbol? type) => type is { ContainingNamespace: { Name: "Linq", ContainingNamespace: { Name: "Xml", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } };

    private Located? InvokeXml(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        if (method.IsStatic && method.Name is "Parse" or "Load" && method.ContainingType.Name is "XDocument" or "XElement")
            return ParseXml(arguments[0].Value, isDocument: method.ContainingType.Name == "XDocument");
        if (method.IsStatic && method.Name == "Get" && arguments is [{ Value: KnownValue { Text: { } expanded } }])
            return NameOfXml(expanded);
        if (method.ContainingType is { Name: "Extensions", IsStatic: true })
            return arguments.Count > 0 && AsSequence(arguments[0].Value, null) is { IsOpen: false } all ? XmlOfEach(method, all, arguments) : null;
        if (receiver.Value is not KnownValue { Content: XObject node } || IsLost(node))
            return null;
        var name = arguments is [{ Value: KnownValue { Content: XName or string } given }] ? NameIn(given) : null;
        if (arguments.Count == 0 || name is not null)
        {
            if (FoundIn(method.Name, node, name) is { } found)
                return found;
        }

        return ChangeXml(method.Name, node, name, arguments) ? receiver : LoseXml(node);
    }

    private Located? ParseXml(Value value, bool isDocument)
    {
        var text = value is TextReaderValue reader ? reader.Text : (value as KnownValue)?.Text;
        // What a document type defines is left to the program.
        if (text is null || text.Length > MaxTextLength || text.IndexOf("<!DOCTYPE", StringComparison.Ordinal) >= 0 || !budget.Spend(1 + (text.Length >> 3)))
            return null;
        try
        {
            using var xml = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return Located.Of(new KnownValue(isDocument ? XDocument.Load(xml) : XElement.Load(xml)));
        }
        catch (XmlException)
        {
            return Throw("System.Xml.XmlException");
        }
    }

    // What a node holds; null where the method is none that looks.
    private Located? FoundIn(string method, XObject node, XName? name) => (method, node) switch
    {
        ("Elements", XContainer container) => Nodes(name is null ? container.Elements() : container.Elements(name)),
        ("Descendants", XContainer container) => Nodes(name is null ? container.Descendants() : container.Descendants(name)),
        ("DescendantsAndSelf", XElement element) => Nodes(name is null ? element.DescendantsAndSelf() : element.DescendantsAndSelf(name)),
        ("Ancestors", XNode inner) => Nodes(name is null ? inner.Ancestors() : inner.Ancestors(name)),
        ("Attributes", XElement element) => Nodes(name is null ? element.Attributes() : element.Attributes(name)),
        ("Element", XContainer container) when name is not null => Located.Of(NodeOf(container.Element(name))),
        ("Attribute", XElement element) when name is not null => Located.Of(NodeOf(element.Attribute(name))),
        ("ToString", _) => Located.Of(new KnownValue(node.ToString())),
        _ => null,
    };

    private Located? XmlOfEach(IMethodSymbol method, ListValue all, List<Located> arguments)
    {
        var name = arguments.Count > 1 && arguments[1].Value is KnownValue given ? NameIn(given) : null;
        if (arguments.Count > 1 && name is null)
            return null;
        var found = new List<Located>();
        foreach (var one in all.Items)
        {
            if (one.Value is not KnownValue { Content: XObject node } || IsLost(node) || FoundIn(method.Name, node, name) is not { Value: ListValue own } || !Fits(found.Count + own.Items.Count))
                return null;
            found.AddRange(own.Items);
        }

        return Located.Of(new ListValue(found));
    }

    private Located? Nodes<T>(IEnumerable<T> nodes)
        where T : XObject
    {
        List<Located> list = [.. nodes.Take(MaxItems + 1).Select(static node => Located.Of(new KnownValue(node)))];
        return Fits(list.Count) ? Located.Of(new ListValue(list)) : null;
    }

    private static KnownValue NodeOf(XObject? node) => node is null ? Value.Null : new KnownValue(node);

    // What a program writes into its own elements.
    private static bool ChangeXml(string method, XObject node, XName? name, List<Located> arguments)
    {
        switch (method, node, arguments)
        {
            case ("SetAttributeValue", XElement element, [{ Value: KnownValue named }, { Value: KnownValue value }]) when NameIn(named) is { } attribute && IsPlain(value):
                element.SetAttributeValue(attribute, value.Content);
                return true;
            case ("SetElementValue", XElement element, [{ Value: KnownValue named }, { Value: KnownValue value }]) when NameIn(named) is { } child && IsPlain(value):
                element.SetElementValue(child, value.Content);
                return true;
            case ("Remove", XElement { Parent: not null } element, []):
                element.Remove();
                return true;
            case ("Remove", XAttribute { Parent: not null } attribute, []):
                attribute.Remove();
                return true;
            case ("Add", XElement element, [var added]) when ContentOfXml(added.Value) is { } content:
                element.Add(content);
                return true;
            default:
                return name is not null && method == "Equals";
        }
    }

    // A new element, attribute or document; null where nobody knows what is in it.
    private static Located? CreateXml(INamedTypeSymbol type, List<Located> arguments)
    {
        if (type.Name == "XDocument" && arguments.Count > 0 && arguments[arguments.Count - 1].Value is ListValue { Items: [{ Value: KnownValue { Content: XElement { Parent: null } root } }] })
            return Located.Of(new KnownValue(new XDocument(root)));
        if (arguments.Count == 0 || arguments[0].Value is not KnownValue named || NameIn(named) is not { } name)
            return null;
        var rest = arguments.GetRange(1, arguments.Count - 1);
        if (type.Name == "XAttribute" && rest is [{ Value: KnownValue { Content: not null } value }] && IsPlain(value))
            return Located.Of(new KnownValue(new XAttribute(name, value.Content!)));
        if (type.Name != "XElement")
            return null;
        var content = rest.ConvertAll(static part => ContentOfXml(part.Value));
        return content.Contains(null) ? null : Located.Of(new KnownValue(new XElement(name, content)));
    }

    private static object? ContentOfXml(Value value) => value switch
    {
        KnownValue { Content: XObject node } => node,
        KnownValue { Content: null } => Array.Empty<object>(),
        KnownValue known when IsPlain(known) => known.Content,
        ListValue { IsOpen: false } list when list.Items.ConvertAll(static item => ContentOfXml(item.Value)) is var parts && !parts.Contains(null) => parts,
        _ => null,
    };

    private static bool IsPlain(KnownValue value) => value.Content is null or bool or int or long or double or ushort or TimeSpan || value.Text is not null;

    private static XName? NameIn(KnownValue value)
    {
        if (value.Content is XName name)
            return name;
        try
        {
            return value.Text is { } text ? XName.Get(text) : null;
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException)
        {
            return null;
        }
    }

    private Located NameOfXml(string text) => NameIn(new KnownValue(text)) is { } name ? Located.Of(new KnownValue(name)) : Throw("System.Xml.XmlException");

    /// <summary>Says of a document that something nobody follows may have changed it.</summary>
    private sealed class Lost
    {
    }

    private static Located? LoseXml(XObject node)
    {
        RootOf(node).AddAnnotation(new Lost());
        return null;
    }

    private static bool IsLost(XObject node) => RootOf(node).Annotation<Lost>() is not null;

    private static XObject RootOf(XObject node)
    {
        while (node.Parent is { } parent)
            node = parent;
        return node.Document is { } document ? document : node;
    }

    private static Located? ReadXml(IPropertySymbol property, object content)
    {
        switch (content)
        {
            case XName name:
                return property.Name switch { "LocalName" => Located.Of(new KnownValue(name.LocalName)), "NamespaceName" => Located.Of(new KnownValue(name.NamespaceName)), "Namespace" => Located.Of(new KnownValue(name.Namespace)), _ => null };
            case XObject node when IsLost(node):
                return null;
        }

        return (property.Name, content) switch
        {
            ("Root", XDocument document) => Located.Of(NodeOf(document.Root)),
            ("Name", XElement element) => Located.Of(new KnownValue(element.Name)),
            ("Name", XAttribute attribute) => Located.Of(new KnownValue(attribute.Name)),
            ("Value", XElement element) => Located.Of(new KnownValue(element.Value)),
            ("Value", XAttribute attribute) => Located.Of(new KnownValue(attribute.Value)),
            ("HasElements", XElement element) => Located.Of(Value.Of(element.HasElements)),
            ("HasAttributes", XElement element) => Located.Of(Value.Of(element.HasAttributes)),
            ("IsEmpty", XElement element) => Located.Of(Value.Of(element.IsEmpty)),
            ("FirstAttribute", XElement element) => Located.Of(NodeOf(element.FirstAttribute)),
            ("Parent", XObject node) => Located.Of(NodeOf(node.Parent)),
            _ => null,
        };
    }

    // "(int)element", "(string?)attribute", "(bool?)…" and names that are written as texts.
    private Located? ConvertXml(Located operand, ITypeSymbol? target)
    {
        if (target is null || operand.Value is not KnownValue { Content: var content })
            return null;
        if (target.Name is "XName" or "XNamespace" && content is string text)
            return target.Name == "XName" ? NameOfXml(text) : Located.Of(new KnownValue(XNamespace.Get(text)));
        var type = target is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : target;
        if (content is null)
            return target.IsReferenceType || !SymbolEqualityComparer.Default.Equals(type, target) ? Located.Of(Value.Null) : Throw("System.ArgumentNullException");
        if (content is not XObject node || IsLost(node) || (node as XElement)?.Value is not { } && node is not XAttribute)
            return null;
        var written = node is XElement element ? element.Value : ((XAttribute)node).Value;
        try
        {
            return type.SpecialType switch
            {
                SpecialType.System_String => Located.Of(new KnownValue(written)),
                SpecialType.System_Boolean => Located.Of(Value.Of(XmlConvert.ToBoolean(written.ToLowerInvariant()))),
                SpecialType.System_Int32 => Located.Of(new KnownValue(XmlConvert.ToInt32(written))),
                SpecialType.System_UInt32 => Located.Of(new KnownValue(XmlConvert.ToUInt32(written))),
                SpecialType.System_Int64 => Located.Of(new KnownValue(XmlConvert.ToInt64(written))),
                SpecialType.System_Double => Located.Of(new KnownValue(XmlConvert.ToDouble(written))),
                _ => type.Name == "TimeSpan" ? Located.Of(new KnownValue(XmlConvert.ToTimeSpan(written))) : null,
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return Throw("System.FormatException");
        }
    }
}
