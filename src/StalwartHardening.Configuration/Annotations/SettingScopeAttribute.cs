namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Says that what a method or property returns writes below another scope. Without it, a method that returns a builder returns
/// the one it was called on.
/// </summary>
/// <param name="scope">
/// The scope below that of the object, for example <c>server.listener.{id}</c>: parameters in braces stand for their
/// arguments, <c>{#}</c> for the next free number (<c>0000</c>, <c>0001</c> …).
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class SettingScopeAttribute(string scope) : Attribute
{
    /// <summary>The scope below that of the object.</summary>
    public string Scope { get; } = scope;
}
