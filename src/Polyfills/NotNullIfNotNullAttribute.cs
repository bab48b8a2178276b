namespace System.Diagnostics.CodeAnalysis;

/// <summary>Says that a result is not null where the parameter is not; in the framework from .NET Core 3.0 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, AllowMultiple = true)]
internal sealed class NotNullIfNotNullAttribute(string parameterName) : Attribute
{
    public string ParameterName => parameterName;
}
