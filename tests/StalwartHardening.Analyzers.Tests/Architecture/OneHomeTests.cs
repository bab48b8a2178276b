using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Tests.Architecture;

/// <summary>What has one home is reached through its door only.</summary>
public sealed class OneHomeTests
{
    [Theory]
    [InlineData("ServerTomlReader", "StalwartHardening.Core/Toml/", "StalwartHardening.Core/Generations/TomlFileSyntax.cs")]
    [InlineData("TomlWriter", "StalwartHardening.Core/Toml/", "StalwartHardening.Core/Generations/TomlFileSyntax.cs")]
    [InlineData("TomlEditor", "StalwartHardening.Core/Toml/", "StalwartHardening.Core/Generations/TomlFileSyntax.cs", "StalwartHardening.Analyzers.CodeFixes/Literals/FilledLiteralSyntax.cs")]
    public void A_type_is_named_only_there(string type, params string[] homes)
    {
        var users = UsersOf(type);
        Assert.NotEmpty(users);
        Assert.All(users, user => Assert.True(Array.Exists(homes, home => user.StartsWith(home, StringComparison.Ordinal)), $"{user} uses {type}."));
    }

    private static List<string> UsersOf(string type)
    {
        var users = new List<string>();
        foreach (var (path, text) in Sources.All())
        {
            if (text.Contains(type, StringComparison.Ordinal) && CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == type))
                users.Add(path);
        }

        return users;
    }
}
