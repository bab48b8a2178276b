using Microsoft.CodeAnalysis;
using StalwartHardening.Plans;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The annotations of the builder library, as symbols of one compilation. The reader knows no method by its name.</summary>
internal sealed class BuilderVocabulary
{
    private const string Library = "StalwartHardening.Configuration";
    private const string Namespace = "StalwartHardening.Configuration.Annotations.";

    private readonly System.Collections.Concurrent.ConcurrentDictionary<ISymbol, MemberAnnotations> _members = new(SymbolEqualityComparer.Default);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<ISymbol, bool> _builders = new(SymbolEqualityComparer.Default);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<ISymbol, EnumerationTexts> _enumerations = new(SymbolEqualityComparer.Default);
    private readonly Func<ISymbol, MemberAnnotations> _read;
    private readonly Func<ISymbol, bool> _readIsBuilder;
    private readonly INamedTypeSymbol? _setting;
    private readonly INamedTypeSymbol? _scope;
    private readonly INamedTypeSymbol? _text;
    private readonly INamedTypeSymbol? _configures;
    private readonly INamedTypeSymbol? _creates;
    private readonly INamedTypeSymbol? _builder;
    private readonly INamedTypeSymbol? _planObject;
    private readonly INamedTypeSymbol? _planOperation;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<ISymbol, PlanType?> _planTypes = new(SymbolEqualityComparer.Default);

    private BuilderVocabulary()
    {
        _read = Read;
        _readIsBuilder = ReadIsBuilder;
    }

    private BuilderVocabulary(Compilation compilation, INamedTypeSymbol setting)
        : this()
    {
        _setting = setting;
        _scope = Annotation("SettingScopeAttribute");
        _text = Annotation("SettingTextAttribute");
        _configures = Annotation("ConfiguresAttribute");
        _creates = Annotation("CreatesServerAttribute");
        _builder = Annotation("SettingsBuilderAttribute");
        _planObject = Annotation("PlanObjectAttribute");
        _planOperation = Annotation("PlanOperationAttribute");
        // The library, and whatever other library builds on it.
        var libraries = new List<IAssemblySymbol>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == Library || assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static reference => reference.Name == Library)))
            {
                foreach (var creator in CreatorsOf.Assembly(assembly, compilation))
                    Add(creator);
                libraries.Add(assembly);
            }
        }

        // Who calls these may write into a server without naming a type of it.
        foreach (var assembly in libraries.Where(static assembly => assembly.Name != Library))
            HandingNames.UnionWith(CreatorsOf.Handing(assembly, compilation, [.. _roots.Select(static root => root.MetadataName)]));
    }

    // Looking in the assembly that has one of them saves looking in every reference for each.
    private INamedTypeSymbol? Annotation(string name) => _setting?.ContainingAssembly.GetTypeByMetadataName(Namespace + name);

    private void Add(IMethodSymbol method)
    {
        if (Find(method, _creates) is null)
            return;
        CreatorNames.Add(method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name);
        TypeNames.Add(NameOf(method));
        if (RootOf(method) is not { } root)
            return;
        _roots.Add(root);
        TypeNames.Add(root.Name);
    }

    /// <summary>The type of the server that a method or constructor begins; null where it says no more than "object".</summary>
    public static INamedTypeSymbol? RootOf(IMethodSymbol creator) =>
        (creator.MethodKind == MethodKind.Constructor ? creator.ContainingType : creator.ReturnType) is INamedTypeSymbol { SpecialType: SpecialType.None } root ? root.OriginalDefinition : null;

    /// <summary>The name that appears where a server is begun: that of the type, except for a method that is called on something else.</summary>
    public static string NameOf(IMethodSymbol creator) => creator is { MethodKind: MethodKind.Ordinary, IsStatic: false } or { IsExtensionMethod: true } ? creator.Name : creator.ContainingType.Name;

    private readonly HashSet<INamedTypeSymbol> _roots = new(SymbolEqualityComparer.Default);

    /// <summary>The names that appear where a server is begun or handed on; only to pass over texts that hold none of them.</summary>
    public HashSet<string> TypeNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of what other libraries hand servers out with, or take them by.</summary>
    public HashSet<string> HandingNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of the methods that begin a server, as they are called where "using static" leaves their type out.</summary>
    public HashSet<string> CreatorNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The types whose objects write a whole server.</summary>
    public IReadOnlyCollection<INamedTypeSymbol> Roots => _roots;

    /// <summary>The vocabulary of a program without the library: what it says of servers, it says in texts.</summary>
    public static BuilderVocabulary None { get; } = new();

    /// <summary>The vocabulary, if the compilation references it.</summary>
    public static BuilderVocabulary? From(Compilation compilation) =>
        MentionsLibrary(compilation) && Setting(compilation) is { } setting ? new BuilderVocabulary(compilation, setting) : null;

    private static INamedTypeSymbol? Setting(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == Library)
                return assembly.GetTypeByMetadataName(Namespace + "SettingAttribute");
        }

        return compilation.Assembly.GetTypeByMetadataName(Namespace + "SettingAttribute");
    }

    // Looking for a type by its name makes the compiler read every reference; their names are known already.
    private static bool MentionsLibrary(Compilation compilation)
    {
        if (compilation.AssemblyName == Library)
            return true;
        foreach (var reference in compilation.ReferencedAssemblyNames)
        {
            if (reference.Name == Library)
                return true;
        }

        return false;
    }

    public bool Creates(IMethodSymbol method) => Of(method).Creates;

    /// <summary>The type of the server's schema that objects of a class are, the variant where the class is one; null for any other class.</summary>
    public PlanType? PlanTypeOf(ITypeSymbol? type) => type is null || _planObject is null ? null : _planTypes.GetOrAdd(type.OriginalDefinition, ReadPlanType);

    private PlanType? ReadPlanType(ISymbol type)
    {
        if (Find(type, _planObject) is not { } annotation || FirstText(annotation) is not { } name || PlanSchema.Instance.FindType(name) is not { } known)
            return null;
        return annotation.NamedArguments is [{ Key: "Variant", Value.Value: string variant }] ? known.FindVariant(variant.AsSpan()) : known;
    }

    /// <summary>The field that a property of such a class is; null where it is none.</summary>
    public string? PlanFieldOf(ISymbol property) => PlanTypeOf(property.ContainingType) is not null && Of(property).Settings is [var setting] ? setting.Key : null;

    /// <summary>What a call adds to a plan; null where that is nothing.</summary>
    public string? PlanVerbOf(IMethodSymbol method) => Of(method).PlanVerb;

    /// <summary>Whether a method of the library reads its first argument as a whole server.</summary>
    public static bool ReadsServer(IMethodSymbol method) =>
        method is { IsStatic: true, Parameters: [{ Type.SpecialType: SpecialType.System_String } text, ..] } && method.ContainingAssembly?.Name == Library
        && text.GetAttributes().Any(static attribute => attribute is { AttributeClass.Name: "StringSyntaxAttribute", ConstructorArguments: [{ Value: "toml" }, ..] });

    /// <summary>Whether a method of the library takes settings of a server back.</summary>
    public static bool TakesBack(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, Name: "Without", ContainingType.Name: "ServerLayers" } && method.ContainingAssembly?.Name == Library;

    /// <summary>Whether a method of the library writes a whole server over another.</summary>
    public static bool Overlays(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, Name: "Overlay", ContainingType.Name: "ServerLayers" } && method.ContainingAssembly?.Name == Library;

    /// <summary>Whether a method of the library begins a server that has all settings of another.</summary>
    public static bool Continues(IMethodSymbol method) =>
        method is { IsStatic: false, Name: "ToBuilder", ContainingType.Name: "StalwartServer" } && method.ContainingAssembly?.Name == Library;

    /// <summary>Whether the type has promised that its methods say what they write.</summary>
    public bool IsBuilder(ITypeSymbol? type) => type is not null && _builders.GetOrAdd(type, _readIsBuilder);

    private bool ReadIsBuilder(ISymbol type)
    {
        for (var current = type as ITypeSymbol; current is not null; current = current.BaseType)
        {
            if (Find(current.OriginalDefinition, _builder) is not null)
                return true;
        }

        return type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsBuilder);
    }

    /// <summary>The scope that a method or property opens; null where it opens none.</summary>
    public string? ScopeOf(ISymbol member) => Of(member).Scope;

    /// <summary>The texts that an enumeration's member, a method or a property stands for; null where it stands for none.</summary>
    public IReadOnlyList<string>? TextsOf(ISymbol member) => Of(member).Texts;

    /// <summary>The settings that a call writes.</summary>
    public SettingAnnotation[] SettingsOf(ISymbol member) => Of(member).Settings;

    /// <summary>Whether the member says anything about settings.</summary>
    public bool IsAnnotated(ISymbol member) => Of(member).IsAnnotated;

    /// <summary>The texts of an enumeration's members.</summary>
    public EnumerationTexts TextsOf(INamedTypeSymbol enumeration) => _enumerations.GetOrAdd(enumeration, static type => EnumerationTexts.Read((INamedTypeSymbol)type));

    // A program calls few members often, and each time their attributes would be decoded again.
    private MemberAnnotations Of(ISymbol member)
    {
        var definition = member.OriginalDefinition;
        return _members.GetOrAdd(definition, _read);
    }

    private MemberAnnotations Read(ISymbol member)
    {
        var scopes = ReadConfiguredScopes(member);
        return HasAnnotation(member)
            ? new(true, Find(member, _creates) is not null, Find(member, _scope) is { } scope ? FirstText(scope) : null, ReadTexts(member), [.. ReadSettings(member)], scopes) { PlanVerb = Find(member, _planOperation) is { } operation ? FirstText(operation) : null }
            : new(scopes is not null, false, null, null, [], scopes);
    }

    private List<string>? ReadTexts(ISymbol member)
    {
        if (Find(member, _text) is not { } attribute)
            return null;
        var texts = new List<string>();
        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument.Kind == TypedConstantKind.Array)
                texts.AddRange(argument.IsNull ? [] : argument.Values.Select(static value => value.Value).OfType<string>());
            else if (argument.Value is string text)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>The scope of the builder that a delegate is called with, below that of the result; null where the parameter takes no such delegate.</summary>
    public string? ConfiguredScope(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && Of(method).ConfiguredScopes is { } scopes && parameter.Ordinal < scopes.Length ? scopes[parameter.Ordinal] : null;

    private string?[]? ReadConfiguredScopes(ISymbol member)
    {
        if (member is not IMethodSymbol method)
            return null;
        string?[]? scopes = null;
        foreach (var parameter in method.Parameters)
        {
            if (Find(parameter, _configures) is { } attribute)
                (scopes ??= new string?[method.Parameters.Length])[parameter.Ordinal] = FirstText(attribute) ?? "";
        }

        return scopes;
    }

    private IEnumerable<SettingAnnotation> ReadSettings(ISymbol member)
    {
        foreach (var attribute in member.OriginalDefinition.GetAttributes())
        {
            if (!SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, _setting) || FirstText(attribute) is not { } key)
                continue;
            string? value = null;
            string? when = null;
            var kind = SettingAnnotationKind.Value;
            foreach (var named in attribute.NamedArguments)
            {
                switch (named.Key)
                {
                    case "Value":
                        value = named.Value.Value as string;
                        break;
                    case "When":
                        when = named.Value.Value as string;
                        break;
                    case "Kind" when named.Value.Value is int number:
                        kind = (SettingAnnotationKind)number;
                        break;
                }
            }

            yield return new SettingAnnotation(key, value, kind, when);
        }
    }

    private bool HasAnnotation(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && (Is(type, _setting) || Is(type, _scope) || Is(type, _text) || Is(type, _creates) || Is(type, _planOperation)))
                return true;
        }

        return false;
    }

    private static bool Is(INamedTypeSymbol type, INamedTypeSymbol? other) => SymbolEqualityComparer.Default.Equals(type, other);

    private static AttributeData? Find(ISymbol symbol, INamedTypeSymbol? attributeType)
    {
        if (attributeType is null)
            return null;
        foreach (var attribute in symbol.OriginalDefinition.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, attributeType))
                return attribute;
        }

        return null;
    }

    private static string? FirstText(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0].Value as string : null;
}

/// <summary>What a member says about settings.</summary>
internal sealed record MemberAnnotations(
    bool IsAnnotated, bool Creates, string? Scope, IReadOnlyList<string>? Texts, SettingAnnotation[] Settings, string?[]? ConfiguredScopes)
{
    /// <summary>What a call adds to a plan.</summary>
    public string? PlanVerb { get; init; }
}

/// <summary>One <c>[Setting]</c>.</summary>
internal readonly record struct SettingAnnotation(string Key, string? Value, SettingAnnotationKind Kind, string? When);

/// <summary>The members of the library's <c>SettingKind</c>, in its order.</summary>
internal enum SettingAnnotationKind
{
    Value,
    List,
    Set,
}
