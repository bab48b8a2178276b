namespace System.Diagnostics.CodeAnalysis;

/// <summary>Answers a warning of trimming; in the framework from .NET 5 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
{
    public string Category => category;

    public string CheckId => checkId;

    public string? Justification { get; set; }
}
