namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a property is <see langword="init"/>; in the framework from .NET 5 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
internal static class IsExternalInit;
