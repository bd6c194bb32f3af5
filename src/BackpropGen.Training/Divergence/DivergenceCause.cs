namespace BackpropGen.Training;

/// <summary>Where a training first met what is infinite or not a number.</summary>
public enum DivergenceCause
{
    /// <summary>In an example's input.</summary>
    Input,

    /// <summary>In an example's target.</summary>
    Target,

    /// <summary>In a parameter, before the step.</summary>
    Parameter,

    /// <summary>In a gradient, of parameters and examples that are all finite.</summary>
    Gradient,

    /// <summary>In a parameter after the step, of a gradient that is finite.</summary>
    Update,

    /// <summary>In the loss alone: parameters, examples and gradients are finite.</summary>
    Loss,

    /// <summary>In the loss of the validation examples alone: the steps before it were all finite.</summary>
    Validation,
}
