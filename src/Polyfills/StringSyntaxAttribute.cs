namespace System.Diagnostics.CodeAnalysis;

/// <summary>Names the language of a text for editors; in the framework from .NET 7 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Property)]
internal sealed class StringSyntaxAttribute(string syntax) : Attribute
{
    public string Syntax => syntax;
}
